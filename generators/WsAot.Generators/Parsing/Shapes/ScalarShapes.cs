using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>The types of .NET that are a single value in JSON.</summary>
internal static class ScalarShapes
{
    private static readonly Dictionary<string, ShapeKind> s_byName = new(StringComparer.Ordinal)
    {
        ["System.Guid"] = ShapeKind.Guid,
        ["System.DateTimeOffset"] = ShapeKind.DateTime,
        ["System.DateOnly"] = ShapeKind.Date,
        ["System.TimeOnly"] = ShapeKind.Time,
        ["System.TimeSpan"] = ShapeKind.Duration,
        ["System.Uri"] = ShapeKind.Uri,
        ["System.Version"] = ShapeKind.Text,
        ["System.Half"] = ShapeKind.Float,
        ["System.Int128"] = ShapeKind.Integer,
        ["System.UInt128"] = ShapeKind.Integer,
        ["System.Text.Json.JsonElement"] = ShapeKind.Unknown,
        ["System.Text.Json.JsonDocument"] = ShapeKind.Unknown,
        ["System.Text.Json.Nodes.JsonNode"] = ShapeKind.Unknown,
        ["System.Text.Json.Nodes.JsonValue"] = ShapeKind.Unknown,
        ["System.Text.Json.Nodes.JsonObject"] = ShapeKind.AnyObject,
    };

    /// <summary>All names in the table, for the test that looks for the types.</summary>
    public static IEnumerable<string> Names => s_byName.Keys;

    public static ShapeKind? Of(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Object => ShapeKind.Unknown,
        SpecialType.System_Boolean => ShapeKind.Boolean,
        SpecialType.System_SByte => ShapeKind.SByte,
        SpecialType.System_Byte => ShapeKind.Byte,
        SpecialType.System_Int16 => ShapeKind.Int16,
        SpecialType.System_UInt16 => ShapeKind.UInt16,
        SpecialType.System_Int32 => ShapeKind.Int32,
        SpecialType.System_UInt32 => ShapeKind.UInt32,
        SpecialType.System_Int64 => ShapeKind.Int64,
        SpecialType.System_UInt64 => ShapeKind.UInt64,
        SpecialType.System_Single or SpecialType.System_Double => ShapeKind.Float,
        SpecialType.System_Decimal => ShapeKind.Decimal,
        SpecialType.System_String => ShapeKind.Text,
        SpecialType.System_Char => ShapeKind.Character,
        SpecialType.System_DateTime => ShapeKind.DateTime,
        _ => ByName(type),
    };

    // Only types in System and its child namespaces are looked up, because formatting the name is expensive.
    private static ShapeKind? ByName(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { ContainingType: null, Arity: 0 } || Root(type.ContainingNamespace)?.Name != "System")
        {
            return null;
        }

        return s_byName.TryGetValue(type.ContainingNamespace.ToDisplayString() + "." + type.Name, out ShapeKind kind) ? kind : null;
    }

    private static INamespaceSymbol? Root(INamespaceSymbol? space)
    {
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } outer) space = outer;
        return space;
    }
}
