using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>Reads the attributes of System.Text.Json.</summary>
internal static class JsonAttributes
{
    public static AttributeData? Find(this ImmutableArray<AttributeData> attributes, string name)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass.Is(name)) return attribute;
        }

        return null;
    }

    /// <summary>The argument of the attribute's constructor, if it has one.</summary>
    public static object? Argument(this AttributeData? attribute) =>
        attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0].Kind != TypedConstantKind.Array
            ? attribute.ConstructorArguments[0].Value
            : null;

    public static object? Property(this AttributeData? attribute, string name)
    {
        if (attribute is null) return null;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name) return argument.Value.Value;
        }

        return null;
    }

    /// <summary>What <c>[JsonIgnore]</c> says; null where it is not there.</summary>
    public static IgnoreCondition? Ignore(this ImmutableArray<AttributeData> attributes)
    {
        AttributeData? ignore = attributes.Find(KnownTypes.JsonIgnoreAttribute.Name);
        if (ignore is null) return null;
        return ignore.Property(KnownTypes.JsonIgnoreAttribute.Condition) is int condition ? (IgnoreCondition)condition : IgnoreCondition.Always;
    }

    public static NumberHandling? Numbers(this ImmutableArray<AttributeData> attributes) =>
        attributes.Find(KnownTypes.JsonNumberHandlingAttribute.Name).Argument() is int handling ? (NumberHandling)handling : null;

    /// <summary>The converter that <c>[JsonConverter]</c> names; null where it is not there.</summary>
    public static Converter? Converter(this ImmutableArray<AttributeData> attributes)
    {
        AttributeData? attribute = attributes.Find(KnownTypes.JsonConverterAttribute.Name);
        if (attribute is null) return null;
        var converter = attribute.Argument() as INamedTypeSymbol;
        return converter switch
        {
            _ when IsTextConverter(converter) => Parsing.Converter.EnumAsText,
            _ when converter.Is(KnownTypes.JsonNumberEnumConverterOfT.Name) => Parsing.Converter.EnumAsNumber,
            // It is derived to give it another naming policy, which is an argument somewhere inside.
            _ when IsTextConverter(converter?.BaseType) => Parsing.Converter.EnumAsOtherText,
            _ => Parsing.Converter.Other,
        };
    }

    private static bool IsTextConverter(INamedTypeSymbol? converter) =>
        converter.Is(KnownTypes.JsonStringEnumConverter.Name) || converter.Is(KnownTypes.JsonStringEnumConverterOfT.Name);
}
