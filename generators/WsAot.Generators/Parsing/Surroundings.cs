using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>A type and the types it is nested in.</summary>
internal static class Surroundings
{
    public static bool AreGeneric(INamedTypeSymbol type) => AndAround(type).Any(static outer => outer.IsGenericType);

    /// <summary>Whether generated code, which stands in a file of its own, may name the type.</summary>
    public static bool CanBeNamed(HandlerScope scope, INamedTypeSymbol type) =>
        scope.IsAccessible(type) && !AndAround(type).Any(static outer => outer.IsFileLocal);

    private static IEnumerable<INamedTypeSymbol> AndAround(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType) yield return outer;
    }
}
