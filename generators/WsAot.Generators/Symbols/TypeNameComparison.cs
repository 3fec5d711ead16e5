using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>Compares a type with a metadata name.</summary>
internal static class TypeNameComparison
{
    /// <summary>Whether the type, or the definition it is made from, has this metadata name. No known type is nested.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named) return false;
        // From its end and without a name made for it: this is asked of nearly every type, and nearly every type is another.
        int end = metadataName.Length;
        if (named.Arity > 0)
        {
            if (end < 2 || metadataName[end - 2] != '`' || metadataName[end - 1] - '0' != named.Arity) return false;
            end -= 2;
        }

        if (!EndsWith(metadataName, ref end, named.Name)) return false;
        INamespaceSymbol space = named.ContainingNamespace;
        for (; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            if (!EndsWith(metadataName, ref end, ".") || !EndsWith(metadataName, ref end, space.Name)) return false;
        }

        return end == 0;
    }

    /// <summary>Takes the last part away from the text that ends at <paramref name="end"/>.</summary>
    private static bool EndsWith(string text, ref int end, string part)
    {
        int start = end - part.Length;
        if (start < 0 || string.CompareOrdinal(text, start, part, 0, part.Length) != 0) return false;
        end = start;
        return true;
    }
}
