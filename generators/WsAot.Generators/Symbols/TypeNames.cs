using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>Formats symbols as the names that the model holds.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_inCode = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_inJson = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat s_full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The fully qualified name with <c>global::</c> and escaped keywords, without a trailing <c>?</c>.</summary>
    public static string InCode(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(s_inCode);

    /// <summary>
    /// The fully qualified name without nullable annotations of references, tuple element names and <c>dynamic</c>: types that are the same
    /// at run time have the same name.
    /// </summary>
    public static string InJson(ITypeSymbol type) =>
        HasDynamic(type)
            ? string.Concat(type
                .ToDisplayParts(s_inJson)
                .Select(static part => part.Symbol is IDynamicTypeSymbol ? "object" : part.ToString()))
            : type.ToDisplayString(s_inJson);

    /// <summary>The name with namespace and containing types.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>The metadata name: <c>MyApp.Outer+Inner`1</c>.</summary>
    public static string InMetadata(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? InMetadata(outer) + "+" + type.MetadataName
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : InMetadata(type.ContainingNamespace) + "." + type.MetadataName;

    /// <summary>The name of a namespace, without the <c>@</c> of escaped keywords.</summary>
    public static string InMetadata(INamespaceSymbol space) =>
        space.ContainingNamespace is { IsGlobalNamespace: false } outer ? InMetadata(outer) + "." + space.MetadataName : space.MetadataName;

    /// <summary>The short name for messages.</summary>
    public static string InMessage(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static bool HasDynamic(ITypeSymbol type) => type switch
    {
        IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => HasDynamic(array.ElementType),
        // The containing type can have type arguments as well.
        INamedTypeSymbol { IsGenericType: true } generic =>
            generic.TypeArguments.Any(HasDynamic) || (generic.ContainingType is { } outer && HasDynamic(outer)),
        IPointerTypeSymbol pointer => HasDynamic(pointer.PointedAtType),
        _ => false,
    };
}
