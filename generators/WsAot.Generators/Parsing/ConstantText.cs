using System.Globalization;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing;

/// <summary>Writes the default values of parameters as C# expressions.</summary>
internal static class ConstantText
{
    /// <returns>Null if the parameter has no default.</returns>
    public static string? DefaultOf(IParameterSymbol parameter) =>
        parameter.HasExplicitDefaultValue ? Of(parameter.Type, parameter.ExplicitDefaultValue)
        // [Optional] without a default value.
        : parameter.IsOptional ? "default"
        : null;

    private static string Of(ITypeSymbol type, object? value)
    {
        if (value is null)
        {
            return type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? "null" : "default";
        }

        string text = Of(value);
        return Enumeration(type) is { } enumeration ? $"({TypeNames.InJson(enumeration)})({text})" : text;
    }

    private static ITypeSymbol? Enumeration(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type.TypeKind == TypeKind.Enum ? type : null;
    }

    /// <summary>A value of a primitive type. Smaller types than <see langword="int"/> are written as numbers.</summary>
    public static string Of(object value) => value switch
    {
        bool boolean => boolean ? "true" : "false",
        string text => CSharpText.StringLiteral(text),
        // Written as a number, because character and string literals do not escape quotes in the same way.
        char character => $"(char){CSharpText.Number(character)}",
        double number => Of(number, "double", "D"),
        float number => Of(number, "float", "F"),
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        DateTime time => $"new global::System.DateTime({time.Ticks.ToString(CultureInfo.InvariantCulture)})",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Of(double number, string type, string suffix) => number switch
    {
        double.NaN => type + ".NaN",
        double.PositiveInfinity => type + ".PositiveInfinity",
        double.NegativeInfinity => type + ".NegativeInfinity",
        // Some runtimes format negative zero without its sign.
        0 when double.IsNegativeInfinity(1 / number) => "-0" + suffix,
        // As a float: its shortest form differs from that of the double.
        _ when suffix == "F" => ((float)number).ToString("R", CultureInfo.InvariantCulture) + suffix,
        _ => number.ToString("R", CultureInfo.InvariantCulture) + suffix,
    };
}
