using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// Types of .NET that hold a value but cannot be bound to the query. A parameter of such a type is meant as a value, but asks for a
/// service, which normally is not registered. Other types are not checked: a library or a container may register them.
/// </summary>
internal static class ValueTypes
{
    private static readonly string[] s_classes = [SystemTypes.Uri.Name, SystemTypes.IPEndPoint.Name];

    /// <summary>Whether the type is one of them: a known class, or a collection of simple values.</summary>
    public static bool LookLike(ITypeSymbol type) =>
        type is INamedTypeSymbol named && (s_classes.Any(name => named.Is(name)) || IsCollectionOfValues(named));

    // Comparers are in the same namespaces.
    private static bool IsCollectionOfValues(INamedTypeSymbol type) =>
        type.TypeArguments.Length > 0
        && type.ContainingNamespace.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal)
        && type.AllInterfaces.Any(static one => one.SpecialType == SpecialType.System_Collections_IEnumerable)
        && type.TypeArguments.All(static element => SimpleTypes.Of(element) is not null);
}
