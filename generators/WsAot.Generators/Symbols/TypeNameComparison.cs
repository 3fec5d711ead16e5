using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>Compares a type with a metadata name.</summary>
internal static class TypeNameComparison
{
    /// <summary>Whether the type, or its generic definition, has this metadata name. Nested types never match.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named) return false;
        // Compares from the end and allocates nothing: this is called for nearly every type, and hardly any of them matches.
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

    /// <summary>If the text before <paramref name="end"/> ends with the part, moves <paramref name="end"/> before it.</summary>
    private static bool EndsWith(string text, ref int end, string part)
    {
        int start = end - part.Length;
        if (start < 0 || string.CompareOrdinal(text, start, part, 0, part.Length) != 0) return false;
        end = start;
        return true;
    }
}
