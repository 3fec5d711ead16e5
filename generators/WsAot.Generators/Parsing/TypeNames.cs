using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>How symbols become the names in the model.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_inCode = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>From <c>global::</c> on, keywords escaped, without a <c>?</c> of its own.</summary>
    public static string InCode(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(s_inCode);

    /// <summary>Namespace, classes around it and name.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>As a message names it.</summary>
    public static string InMessage(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
