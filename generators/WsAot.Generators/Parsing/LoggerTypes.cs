using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// Finds the <c>ILogger&lt;T&gt;</c> types that the source names. Factories ask for them by <c>typeof</c>, and without reflection only the
/// compiler can create them. No attribute marks them, so the generator searches the syntax for this name.
/// </summary>
internal static class LoggerTypes
{
    public static bool IsCandidate(SyntaxNode node) =>
        node is GenericNameSyntax { Identifier.ValueText: "ILogger", TypeArgumentList.Arguments.Count: 1 };

    /// <returns>The fully qualified name of the class; null if generated code cannot name it.</returns>
    public static string? ClassOf(SemanticModel model, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(node, cancellationToken).Symbol is not INamedTypeSymbol { IsUnboundGenericType: false } logger
            || !logger.Is(SystemTypes.LoggerOfT.Name)
            || !CanBeNamed(logger.TypeArguments[0], model.Compilation))
        {
            return null;
        }

        return TypeNames.InJson(logger.TypeArguments[0]);
    }

    private static bool CanBeNamed(ITypeSymbol type, Compilation compilation) => type switch
    {
        IArrayTypeSymbol array => CanBeNamed(array.ElementType, compilation),
        INamedTypeSymbol { TypeKind: not TypeKind.Error, IsAnonymousType: false } named =>
            compilation.IsSymbolAccessibleWithin(named, compilation.Assembly)
            && !ContainingTypes.AnyIsFileLocal(named)
            && named.TypeArguments.All(argument => CanBeNamed(argument, compilation))
            && (named.ContainingType is null || CanBeNamed(named.ContainingType, compilation)),
        _ => false,
    };
}
