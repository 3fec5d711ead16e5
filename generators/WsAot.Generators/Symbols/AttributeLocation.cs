using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Generators.Symbols;

/// <summary>Where an argument of an attribute is written; looked up only when there is something to report there.</summary>
internal static class AttributeLocation
{
    /// <param name="attribute">The attribute.</param>
    /// <param name="property">The name of a property, or null for the constructor's argument.</param>
    /// <param name="element">The index in an argument that is an array.</param>
    public static Location? Of(AttributeData attribute, string? property, int? element = null)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
        ExpressionSyntax? expression = syntax?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression;
        return (element is { } index ? Element(expression, index) : null)?.GetLocation() ?? expression?.GetLocation() ?? syntax?.GetLocation();
    }

    private static SyntaxNode? Element(ExpressionSyntax? array, int index) => array switch
    {
        CollectionExpressionSyntax collection => collection.Elements.ElementAtOrDefault(index),
        ArrayCreationExpressionSyntax creation => creation.Initializer?.Expressions.ElementAtOrDefault(index),
        ImplicitArrayCreationExpressionSyntax creation => creation.Initializer.Expressions.ElementAtOrDefault(index),
        _ => null,
    };
}
