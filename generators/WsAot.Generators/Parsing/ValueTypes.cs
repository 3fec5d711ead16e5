using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// Types of .NET that hold a value and that the query is not bound to. What asks for one means a value, and gets a service that, as a rule,
/// nobody registers. Types of others are not judged: a library or a container may have them.
/// </summary>
internal static class ValueTypes
{
    private static readonly string[] s_classes = [SystemTypes.Uri.Name, SystemTypes.IPEndPoint.Name];

    /// <summary>Whether the type is one of them: a known class, or a collection of simple values.</summary>
    public static bool LookLike(ITypeSymbol type) =>
        type is INamedTypeSymbol named && (s_classes.Any(name => named.Is(name)) || IsCollectionOfValues(named));

    // Comparers stand in the same namespaces.
    private static bool IsCollectionOfValues(INamedTypeSymbol type) =>
        type.TypeArguments.Length > 0
        && type.ContainingNamespace.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal)
        && type.AllInterfaces.Any(static one => one.SpecialType == SpecialType.System_Collections_IEnumerable)
        && type.TypeArguments.All(static element => SimpleTypes.Of(element) is not null);
}
