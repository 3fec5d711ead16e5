using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace WsAot.CodeFixes;

/// <summary>What a rule has reported, where it stands in a file.</summary>
/// <param name="Node">The declaration or the argument that is wrong: at the handler, or in a base class in the same file.</param>
internal sealed record FixContext(Diagnostic Diagnostic, SyntaxNode Node, SemanticModel Model, SyntaxGenerator Generator, CancellationToken CancellationToken)
{
    public ISymbol? Symbol => Model.GetDeclaredSymbol(Node, CancellationToken);

    public INamedTypeSymbol FindType(string metadataName) =>
        Model.Compilation.GetTypeByMetadataName(metadataName) ?? throw new InvalidOperationException(metadataName + " is not referenced.");
}
