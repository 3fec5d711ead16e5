using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>Writes shapes as TypeScript types.</summary>
internal static class TypeScriptTypes
{
    /// <summary>Aliases of string that say what the string contains.</summary>
    public static IReadOnlyList<(ShapeKind Kind, string Name, string Meaning)> Aliases { get; } =
    [
        (ShapeKind.Base64, "Base64", "Bytes in base64."),
        (ShapeKind.Date, "IsoDate", "A day: `2026-01-31`."),
        (ShapeKind.DateTime, "IsoDateTime", "A moment: `2026-01-31T12:00:00+01:00`, for `new Date(...)`; `date.toISOString()` makes one."),
        (ShapeKind.Time, "IsoTime", "A time of day: `12:00:00.5`."),
        (ShapeKind.Duration, "TimeSpan", "A length of time, `[-][days.]hours:minutes:seconds[.fraction]`: `1.12:00:00.5`."),
        (ShapeKind.Guid, "Uuid", "32 hexadecimal digits: `123e4567-e89b-12d3-a456-426614174000`."),
    ];

    /// <param name="readOnly">Whether arrays outside of objects are written as <c>readonly</c>.</param>
    public static string Text(Shape shape, Description description, bool readOnly = false)
    {
        string text = NotNull(shape, description, readOnly);
        return shape.IsNullable && shape.Kind != ShapeKind.Unknown ? text + " | null" : text;
    }

    private static string NotNull(Shape shape, Description description, bool readOnly)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Boolean:
                return "boolean";
            case >= ShapeKind.SByte and <= ShapeKind.Decimal:
                return "number";
            case ShapeKind.NumberText or ShapeKind.Text or ShapeKind.Character or ShapeKind.Uri:
                return "string";
            case ShapeKind.NamedFloat:
                return "number | \"NaN\" | \"Infinity\" | \"-Infinity\"";
            case ShapeKind.AnyObject:
                return "Record<string, unknown>";
            case ShapeKind.Array:
                string element = Text(shape.Element!, description, readOnly);
                return (readOnly ? "readonly " : "")
                    + (element.Contains(' ') && !element.EndsWith(">", StringComparison.Ordinal) ? $"({element})[]" : element + "[]");
            case ShapeKind.Dictionary:
                return $"Record<string, {Text(shape.Element!, description)}>";
            case ShapeKind.Named:
                return description.NameOf(shape.TypeId!);
            default:
                return Aliases.FirstOrDefault(alias => alias.Kind == shape.Kind).Name ?? "unknown";
        }
    }
}
