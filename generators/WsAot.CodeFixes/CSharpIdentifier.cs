using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.CodeFixes;

/// <summary>Names as code writes them.</summary>
internal static class CSharpIdentifier
{
    /// <summary>With an <c>@</c> where the name is a keyword.</summary>
    public static SyntaxToken Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
            ? SyntaxFactory.Identifier(name)
            : SyntaxFactory.VerbatimIdentifier(SyntaxFactory.TriviaList(), name, name, SyntaxFactory.TriviaList());
}
