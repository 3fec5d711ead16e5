using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing;

/// <summary>Writes an attribute as the expression that creates it: its constructor, and what its named arguments set.</summary>
internal static class AttributeText
{
    /// <returns>Null if generated code cannot create it.</returns>
    public static string? Of(AttributeData attribute, ParseScope scope)
    {
        if (HasErrors(attribute) || !CanBeNamed(attribute.AttributeClass!, scope) || !scope.IsAccessible(attribute.AttributeConstructor!))
        {
            return null;
        }

        if (!AllConstants(attribute).All(constant => CanBeNamed(constant, scope))) return null;
        string arguments = string.Join(", ", attribute.ConstructorArguments.Select(Of));
        string text = $"new {TypeNames.InCode(attribute.AttributeClass!)}({arguments})";
        if (attribute.NamedArguments.Length == 0) return text;
        IEnumerable<string> named =
            attribute.NamedArguments.Select(static argument => $"{CSharpText.Identifier(argument.Key)} = {Of(argument.Value)}");
        return $"{text} {{ {string.Join(", ", named)} }}";
    }

    /// <summary>Whether the compiler reports an error in it.</summary>
    public static bool HasErrors(AttributeData attribute) =>
        attribute.AttributeClass is null or { TypeKind: TypeKind.Error }
        || attribute.AttributeConstructor is null
        || AllConstants(attribute).Any(IsError);

    private static IEnumerable<TypedConstant> AllConstants(AttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(static argument => argument.Value));

    private static bool IsError(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Error => true,
        TypedConstantKind.Array when !constant.IsNull => constant.Values.Any(IsError),
        TypedConstantKind.Type => constant.Value is IErrorTypeSymbol,
        _ => false,
    };

    private static bool CanBeNamed(TypedConstant constant, ParseScope scope) => constant.Kind switch
    {
        TypedConstantKind.Type => constant.Value is not ITypeSymbol type || CanBeNamed(type, scope),
        TypedConstantKind.Enum => CanBeNamed(constant.Type!, scope),
        TypedConstantKind.Array => constant.IsNull || constant.Values.All(element => CanBeNamed(element, scope)),
        _ => true,
    };

    private static bool CanBeNamed(ITypeSymbol type, ParseScope scope) => type switch
    {
        IArrayTypeSymbol array => CanBeNamed(array.ElementType, scope),
        INamedTypeSymbol named => scope.CanBeNamed(named) && named.TypeArguments.All(argument => CanBeNamed(argument, scope)),
        // Of an unbound type such as typeof(List<>).
        ITypeParameterSymbol => true,
        _ => scope.IsAccessible(type),
    };

    private static string Of(TypedConstant constant)
    {
        string type = TypeNames.InCode(constant.Type!);
        if (constant.IsNull) return $"({type})null!";
        return constant.Kind switch
        {
            TypedConstantKind.Array => $"new {type} {{ {string.Join(", ", constant.Values.Select(Of))} }}",
            TypedConstantKind.Type => $"typeof({TypeNames.InCode((ITypeSymbol)constant.Value!)})",
            TypedConstantKind.Primitive when constant.Value is string or bool or int => ConstantText.Of(constant.Value),
            // The cast chooses the overload that the attribute in the source has chosen.
            _ => $"({type})({ConstantText.Of(constant.Value!)})",
        };
    }
}
