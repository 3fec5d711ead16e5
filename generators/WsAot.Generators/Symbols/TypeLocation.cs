using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Generators.Symbols;

/// <summary>
/// The location of the type of a parameter or method. Finding it is slow, so it is called only to report something there.
/// </summary>
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

    /// <summary>The type that declares the member, or the method of the parameter.</summary>
    public static INamedTypeSymbol? DeclaringType(ISymbol symbol) =>
        symbol is IParameterSymbol ? symbol.ContainingSymbol.ContainingType : symbol.ContainingType;
}
