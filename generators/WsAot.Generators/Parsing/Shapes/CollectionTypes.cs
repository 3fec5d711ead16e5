using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>Which types are arrays and dictionaries in JSON: whatever can be enumerated.</summary>
internal static class CollectionTypes
{
    public static bool IsBytes(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Byte,
        _ => MemoryElement(type)?.SpecialType == SpecialType.System_Byte,
    };

    /// <summary>The type of a dictionary's values; null for what is no dictionary. Whatever its keys are, JSON has strings.</summary>
    public static ITypeSymbol? ValueOf(ITypeSymbol type) =>
        Find(type, static candidate => candidate.Is(SystemTypes.Dictionary.Name) || candidate.Is(SystemTypes.ReadOnlyDictionary.Name))?.TypeArguments[1];

    public static ITypeSymbol? ElementOf(ITypeSymbol type) =>
        type is IArrayTypeSymbol array
            ? array.ElementType
            : MemoryElement(type)
                ?? Find(type, static candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    /// <summary>Whether it is a collection of anything.</summary>
    public static ShapeKind? IsUntyped(ITypeSymbol type) =>
        Find(type, static candidate => candidate.Is(SystemTypes.NonGenericDictionary.Name)) is not null ? ShapeKind.Dictionary
        : Find(type, static candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable) is not null ? ShapeKind.Array
        : null;

    private static ITypeSymbol? MemoryElement(ITypeSymbol type) =>
        type.Is(SystemTypes.Memory.Name) || type.Is(SystemTypes.ReadOnlyMemory.Name) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    private static INamedTypeSymbol? Find(ITypeSymbol type, Func<INamedTypeSymbol, bool> isWanted) =>
        type is INamedTypeSymbol named && isWanted(named) ? named : type.AllInterfaces.FirstOrDefault(isWanted);
}
