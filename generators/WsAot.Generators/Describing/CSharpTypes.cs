using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Writes shapes as C# types, and collects those whose JSON metadata the client needs.</summary>
internal sealed class CSharpTypes(Description description, string context)
{
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<(string Type, string? Property)> _listed = [];
    private readonly HashSet<string> _enums = new(
        description.Types.Where(static type => type.Enum is not null).Select(static type => type.Id), StringComparer.Ordinal);

    /// <summary>
    /// The types whose metadata is used, in the order of their first use, each with the name of its property. Null: the default name.
    /// </summary>
    public IReadOnlyList<(string Type, string? Property)> Metadata => _listed;

    /// <summary>The type as it is declared.</summary>
    public string Text(Shape shape) => NotNull(shape, isAnnotated: true) + (shape.IsNullable && shape.Kind != ShapeKind.Unknown ? "?" : "");

    /// <summary>The type of a value that may be left out.</summary>
    public string OrNull(Shape shape) => NotNull(shape, isAnnotated: true) + "?";

    /// <summary>An expression for the JSON metadata of a type.</summary>
    /// <param name="isNotNull">Whether it is the type without null.</param>
    public string TypeInfo(Shape shape, bool isNotNull = false)
    {
        string type = NotNull(shape, isAnnotated: false) + (shape.IsNullable && !isNotNull && IsValue(shape) ? "?" : "");
        if (!_metadata.TryGetValue(type, out string? property))
        {
            // The generator of System.Text.Json cannot name the metadata of a simple type otherwise.
            string? simple = SimpleName(shape.Kind);
            property = simple is null ? "T" + CSharpText.Number(_metadata.Count)
                : type.EndsWith("?", StringComparison.Ordinal) ? "Nullable" + simple
                : simple;
            _metadata.Add(type, property);
            _listed.Add((type, simple is null ? property : null));
        }

        return $"{context}.Default.{property}";
    }

    public bool IsValue(Shape shape) => shape.Kind switch
    {
        ShapeKind.Text or ShapeKind.NumberText or ShapeKind.Uri or ShapeKind.Base64 => false,
        ShapeKind.Unknown or ShapeKind.AnyObject or ShapeKind.Array or ShapeKind.Dictionary => false,
        ShapeKind.Named => _enums.Contains(shape.TypeId!),
        _ => true,
    };

    private static string? SimpleName(ShapeKind kind) => kind switch
    {
        ShapeKind.Float or ShapeKind.NamedFloat => "Double",
        ShapeKind.NumberText or ShapeKind.Text => "String",
        ShapeKind.Integer => "Int128",
        ShapeKind.Character => "Char",
        ShapeKind.DateTime => "DateTimeOffset",
        ShapeKind.Date => "DateOnly",
        ShapeKind.Time => "TimeOnly",
        ShapeKind.Duration => "TimeSpan",
        ShapeKind.Base64 => "ByteArray",
        ShapeKind.Unknown => "JsonElement",
        ShapeKind.AnyObject or ShapeKind.Array or ShapeKind.Dictionary or ShapeKind.Named => null,
        _ => kind.ToString(),
    };

    private string Element(Shape shape, bool isAnnotated) =>
        NotNull(shape, isAnnotated)
            + (shape.IsNullable && shape.Kind != ShapeKind.Unknown && (isAnnotated || IsValue(shape)) ? "?" : "");

    private string NotNull(Shape shape, bool isAnnotated) => shape.Kind switch
    {
        ShapeKind.Boolean => "bool",
        ShapeKind.SByte => "sbyte",
        ShapeKind.Byte => "byte",
        ShapeKind.Int16 => "short",
        ShapeKind.UInt16 => "ushort",
        ShapeKind.Int32 => "int",
        ShapeKind.UInt32 => "uint",
        ShapeKind.Int64 => "long",
        ShapeKind.UInt64 => "ulong",
        ShapeKind.Integer => "Int128",
        ShapeKind.Float or ShapeKind.NamedFloat => "double",
        ShapeKind.Decimal => "decimal",
        ShapeKind.NumberText or ShapeKind.Text => "string",
        ShapeKind.Character => "char",
        ShapeKind.Guid => "Guid",
        ShapeKind.DateTime => "DateTimeOffset",
        ShapeKind.Date => "DateOnly",
        ShapeKind.Time => "TimeOnly",
        ShapeKind.Duration => "TimeSpan",
        ShapeKind.Uri => "Uri",
        ShapeKind.Base64 => "byte[]",
        ShapeKind.AnyObject => "Dictionary<string, JsonElement>",
        ShapeKind.Array => $"IReadOnlyList<{Element(shape.Element!, isAnnotated)}>",
        ShapeKind.Dictionary => $"IReadOnlyDictionary<string, {Element(shape.Element!, isAnnotated)}>",
        ShapeKind.Named => CSharpText.Identifier(description.NameOf(shape.TypeId!)),
        _ => "JsonElement",
    };
}
