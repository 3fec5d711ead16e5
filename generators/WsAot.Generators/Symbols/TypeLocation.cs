using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Generators.Symbols;

/// <summary>Where the type of a parameter or a method is written; looked up only when there is something to report there.</summary>
internal static class TypeLocation
{
    public static Location Of(ISymbol symbol)
    {
        SyntaxNode? type = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            ParameterSyntax parameter => parameter.Type,
            MethodDeclarationSyntax method => method.ReturnType,
            _ => null,
        };
        return type?.GetLocation() ?? symbol.Locations[0];
    }

    /// <summary>The type that declares the method, or the method of the parameter.</summary>
    public static INamedTypeSymbol? DeclaringType(ISymbol symbol) => symbol is IParameterSymbol ? symbol.ContainingSymbol.ContainingType : symbol.ContainingType;
}
