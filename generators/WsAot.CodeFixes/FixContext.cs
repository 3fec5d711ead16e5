using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>A reported diagnostic, with the syntax node and the semantic model that a fix needs.</summary>
/// <param name="Node">The faulty declaration or argument: in the handler, or in a base class in the same file.</param>
internal sealed record FixContext(
    Diagnostic Diagnostic, SyntaxNode Node, SemanticModel Model, SyntaxGenerator Generator, CancellationToken CancellationToken)
{
    public ISymbol? Symbol => Model.GetDeclaredSymbol(Node, CancellationToken);

    public INamedTypeSymbol FindType(string metadataName) =>
        Model.Compilation.GetTypeByMetadataName(metadataName) ?? throw new InvalidOperationException(metadataName + " is not referenced.");
}
