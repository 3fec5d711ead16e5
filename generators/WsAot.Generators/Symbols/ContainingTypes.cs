using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>Asks about a type together with the types that it is nested in.</summary>
internal static class ContainingTypes
{
    public static bool AnyIsGeneric(INamedTypeSymbol type) => SelfAndContaining(type).Any(static outer => outer.IsGenericType);

    public static bool AnyIsFileLocal(INamedTypeSymbol type) => SelfAndContaining(type).Any(static outer => outer.IsFileLocal);

    private static IEnumerable<INamedTypeSymbol> SelfAndContaining(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType) yield return outer;
    }
}
