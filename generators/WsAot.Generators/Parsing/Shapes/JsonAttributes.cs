using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>Reads the attributes of System.Text.Json.</summary>
internal static class JsonAttributes
{
    /// <summary>The condition of <c>[JsonIgnore]</c>; null if there is no such attribute.</summary>
    public static IgnoreCondition? Ignore(this ImmutableArray<AttributeData> attributes)
    {
        AttributeData? ignore = attributes.Find(JsonTypes.JsonIgnoreAttribute.Name);
        if (ignore is null) return null;
        return ignore.Property(JsonTypes.JsonIgnoreAttribute.Condition) is int condition
            ? (IgnoreCondition)condition
            : IgnoreCondition.Always;
    }

    public static NumberHandling? Numbers(this ImmutableArray<AttributeData> attributes) =>
        attributes.Find(JsonTypes.JsonNumberHandlingAttribute.Name).Argument() is int handling ? (NumberHandling)handling : null;

    /// <summary>The kind of the converter that <c>[JsonConverter]</c> names; null if there is no such attribute.</summary>
    public static ConverterKind? Converter(this ImmutableArray<AttributeData> attributes)
    {
        AttributeData? attribute = attributes.Find(JsonTypes.JsonConverterAttribute.Name);
        if (attribute is null) return null;
        var converter = attribute.Argument() as INamedTypeSymbol;
        return converter switch
        {
            _ when IsTextConverter(converter) => ConverterKind.EnumAsText,
            _ when converter.Is(JsonTypes.JsonNumberEnumConverterOfT.Name) => ConverterKind.EnumAsNumber,
            // Such a class is derived in order to pass a naming policy, which is an argument in its code.
            _ when IsTextConverter(converter?.BaseType) => ConverterKind.EnumAsOtherText,
            _ => ConverterKind.Other,
        };
    }

    private static bool IsTextConverter(INamedTypeSymbol? converter) =>
        converter.Is(JsonTypes.JsonStringEnumConverter.Name) || converter.Is(JsonTypes.JsonStringEnumConverterOfT.Name);
}
