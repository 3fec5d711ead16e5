using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>
/// Reads single arguments of attributes. (<c>AttributeText</c> writes whole attributes.) The values of a <see cref="TypedConstant"/> throw
/// if it is an array, or is none; while the user types, and with attributes of another version, an argument can be either.
/// </summary>
internal static class AttributeArguments
{
    public static AttributeData? Find(this ImmutableArray<AttributeData> attributes, string name)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass.Is(name)) return attribute;
        }

        return null;
    }

    /// <summary>An argument of the attribute's constructor; null if it is missing, null, an array, or an error.</summary>
    public static object? Argument(this AttributeData? attribute, int index = 0) =>
        attribute is not null && index < attribute.ConstructorArguments.Length ? Value(attribute.ConstructorArguments[index]) : null;

    /// <summary>Whether the constructor has one argument, which is a value that the compiler accepts: a primitive one, or null.</summary>
    public static bool HasOneValue(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Kind == TypedConstantKind.Primitive;

    /// <summary>The value that the attribute gives to a property; null if it is missing, null, an array, or an error.</summary>
    public static object? Property(this AttributeData? attribute, string name) =>
        attribute.PropertyConstant(name) is { } constant ? Value(constant) : null;

    /// <summary>The value of an enum that the attribute gives to a property, with the enum; null if it is missing, or no enum.</summary>
    public static (ITypeSymbol Type, object? Value)? EnumProperty(this AttributeData attribute, string name) =>
        attribute.PropertyConstant(name) is { Kind: TypedConstantKind.Enum, Type: { } type } constant ? (type, constant.Value) : null;

    /// <summary>The elements of an array that the attribute gives to a property; none if it is missing, null, or no array.</summary>
    public static ImmutableArray<object?> Elements(this AttributeData attribute, string name) =>
        attribute.PropertyConstant(name) is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? ImmutableArray.CreateRange(array.Values, Value)
            : [];

    /// <summary>Whether the attribute gives a value other than null to a property, valid or not.</summary>
    public static bool Sets(this AttributeData attribute, string name) => attribute.PropertyConstant(name) is { IsNull: false };

    private static TypedConstant? PropertyConstant(this AttributeData? attribute, string name)
    {
        if (attribute is null) return null;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name) return argument.Value;
        }

        return null;
    }

    private static object? Value(TypedConstant constant) =>
        constant.Kind is TypedConstantKind.Array or TypedConstantKind.Error ? null : constant.Value;
}
