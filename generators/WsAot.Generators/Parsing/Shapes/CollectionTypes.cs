using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing.Shapes;

/// <summary>Decides which types are arrays or dictionaries in JSON: all types that can be enumerated.</summary>
internal static class CollectionTypes
{
    public static bool IsBytes(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Byte,
        _ => MemoryElement(type)?.SpecialType == SpecialType.System_Byte,
    };

    /// <summary>The value type of a dictionary, or null if the type is not a dictionary. In JSON all keys are strings.</summary>
    public static ITypeSymbol? ValueOf(ITypeSymbol type) =>
        Find(type, IsDictionary)?.TypeArguments[1];

    public static ITypeSymbol? ElementOf(ITypeSymbol type) =>
        type is IArrayTypeSymbol array
            ? array.ElementType
            : MemoryElement(type)
                ?? Find(type, IsEnumerable)?.TypeArguments[0];

    /// <summary>The kind of a non-generic collection; null if the type is none.</summary>
    public static ShapeKind? UntypedKindOf(ITypeSymbol type) =>
        Find(type, static candidate => candidate.Is(SystemTypes.NonGenericDictionary.Name)) is not null ? ShapeKind.Dictionary
        : Find(type, static candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable) is not null ? ShapeKind.Array
        : null;

    private static bool IsDictionary(INamedTypeSymbol type) =>
        type.Is(SystemTypes.Dictionary.Name) || type.Is(SystemTypes.ReadOnlyDictionary.Name);

    private static bool IsEnumerable(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;

    private static ITypeSymbol? MemoryElement(ITypeSymbol type) =>
        type.Is(SystemTypes.Memory.Name) || type.Is(SystemTypes.ReadOnlyMemory.Name) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    private static INamedTypeSymbol? Find(ITypeSymbol type, Func<INamedTypeSymbol, bool> isWanted) =>
        type is INamedTypeSymbol named && isWanted(named) ? named : type.AllInterfaces.FirstOrDefault(isWanted);
}
