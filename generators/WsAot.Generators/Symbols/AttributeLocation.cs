using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Generators.Symbols;

/// <summary>The location of an attribute argument. Finding it is slow, so it is called only to report something there.</summary>
internal static class AttributeLocation
{
    /// <param name="attribute">The attribute.</param>
    /// <param name="property">The name of a property, or null for the constructor's argument.</param>
    /// <param name="element">The index of an element, if the argument is an array.</param>
    public static Location? Of(AttributeData attribute, string? property, int? element = null)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
        ExpressionSyntax? expression = syntax?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression;
        return (element is { } index ? Element(expression, index) : null)?.GetLocation()
            ?? expression?.GetLocation()
            ?? syntax?.GetLocation();
    }

    private static SyntaxNode? Element(ExpressionSyntax? array, int index) => array switch
    {
        CollectionExpressionSyntax collection => collection.Elements.ElementAtOrDefault(index),
        ArrayCreationExpressionSyntax creation => creation.Initializer?.Expressions.ElementAtOrDefault(index),
        ImplicitArrayCreationExpressionSyntax creation => creation.Initializer.Expressions.ElementAtOrDefault(index),
        _ => null,
    };
}
