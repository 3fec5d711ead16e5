using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using WsAot.Generators.Model;

namespace WsAot.Generators.Tests.Parsing.Shapes;

/// <summary>Compares JSON with the shape that it should have.</summary>
internal static partial class ShapeCheck
{
    public static void Matches(Shape shape, IReadOnlyDictionary<string, TypeShape> types, JsonElement value)
    {
        if (shape.IsNullable && value.ValueKind == JsonValueKind.Null) return;
        switch (shape.Kind)
        {
            case ShapeKind.Unknown:
                break;
            case ShapeKind.Array:
                Assert.All(value.EnumerateArray(), element => Matches(shape.Element!, types, element));
                break;
            case ShapeKind.Dictionary:
                Assert.All(value.EnumerateObject(), member => Matches(shape.Element!, types, member.Value));
                break;
            case ShapeKind.AnyObject:
                Assert.Equal(JsonValueKind.Object, value.ValueKind);
                break;
            case ShapeKind.Named:
                Matches(types[shape.TypeId!], types, value);
                break;
            default:
                Assert.True(IsScalar(shape.Kind, value), $"{value} is not {shape.Kind}");
                break;
        }
    }

    private static void Matches(TypeShape type, IReadOnlyDictionary<string, TypeShape> types, JsonElement value)
    {
        if (type.Enum is { } shape)
        {
            IEnumerable<string> members = shape.Members.Select(member => shape.IsText ? member.Text : member.Number);
            Assert.Contains(
                shape.IsText ? value.GetString() : value.GetRawText(),
                shape.IsFlags ? members.Append(value.ToString()) : members);
            return;
        }

        Assert.Equal(
            value.EnumerateObject().Select(static member => member.Name).Order(),
            type.Object!.Properties.Select(static member => member.Name).Order());
        Assert.All(type.Object.Properties, member => Matches(member.Shape, types, value.GetProperty(member.Name)));
    }

    private static bool IsScalar(ShapeKind kind, JsonElement value) => kind switch
    {
        ShapeKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        >= ShapeKind.SByte and <= ShapeKind.Decimal => value.ValueKind == JsonValueKind.Number,
        ShapeKind.NumberText => decimal.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        ShapeKind.NamedFloat => value.ValueKind == JsonValueKind.Number || value.GetString() is "NaN" or "Infinity" or "-Infinity",
        ShapeKind.Character => value.GetString()!.Length == 1,
        ShapeKind.Guid => value.TryGetGuid(out _),
        ShapeKind.DateTime => value.TryGetDateTimeOffset(out _),
        ShapeKind.Date => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out _),
        ShapeKind.Time => Time().IsMatch(value.GetString()!),
        ShapeKind.Duration => Duration().IsMatch(value.GetString()!),
        ShapeKind.Base64 => value.TryGetBytesFromBase64(out _),
        _ => value.ValueKind == JsonValueKind.String,
    };

    // The same patterns as in the generated schemas.
    [GeneratedRegex(@"^\d{2}:\d{2}:\d{2}(\.\d{1,7})?$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^-?(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{1,7})?$")]
    private static partial Regex Duration();
}
