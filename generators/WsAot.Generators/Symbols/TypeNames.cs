using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>How symbols become the names in the model.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_inCode = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_inJson = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat s_full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>From <c>global::</c> on, keywords escaped, without a <c>?</c> of its own.</summary>
    public static string InCode(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(s_inCode);

    /// <summary>
    /// The same for all types that are one at run time: without the nullability of references, names of tuple elements and
    /// <c>dynamic</c>.
    /// </summary>
    public static string InJson(ITypeSymbol type) =>
        HasDynamic(type)
            ? string.Concat(type.ToDisplayParts(s_inJson).Select(static part => part.Symbol is IDynamicTypeSymbol ? "object" : part.ToString()))
            : type.ToDisplayString(s_inJson);

    /// <summary>Namespace, classes around it and name.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>As the runtime names it: <c>MyApp.Outer+Inner`1</c>.</summary>
    public static string InMetadata(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? InMetadata(outer) + "+" + type.MetadataName
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : InMetadata(type.ContainingNamespace) + "." + type.MetadataName;

    /// <summary>Not as code writes it, where a keyword has an <c>@</c>.</summary>
    public static string InMetadata(INamespaceSymbol space) =>
        space.ContainingNamespace is { IsGlobalNamespace: false } outer ? InMetadata(outer) + "." + space.MetadataName : space.MetadataName;

    /// <summary>As a message names it.</summary>
    public static string InMessage(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static bool HasDynamic(ITypeSymbol type) => type switch
    {
        IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => HasDynamic(array.ElementType),
        // Those of the types around it as well.
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(HasDynamic) || (generic.ContainingType is { } outer && HasDynamic(outer)),
        IPointerTypeSymbol pointer => HasDynamic(pointer.PointedAtType),
        _ => false,
    };
}
