using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>Asks about a class together with its base classes.</summary>
internal static class Inheritance
{
    public static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Whether <paramref name="method"/> overrides <paramref name="other"/>, directly or indirectly.</summary>
    public static bool Overrides(IMethodSymbol method, IMethodSymbol other)
    {
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden, other)) return true;
        }

        return false;
    }
}
