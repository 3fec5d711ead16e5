using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>A class and those it derives from.</summary>
internal static class Inheritance
{
    public static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Whether <paramref name="method"/> overrides <paramref name="other"/>: then the two are one.</summary>
    public static bool Overrides(IMethodSymbol method, IMethodSymbol other)
    {
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden, other)) return true;
        }

        return false;
    }
}
