using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.CodeFixes;

/// <summary>Makes identifier tokens.</summary>
internal static class CSharpIdentifier
{
    /// <summary>The identifier, with an <c>@</c> if it is a keyword.</summary>
    public static SyntaxToken Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
            ? SyntaxFactory.Identifier(name)
            : SyntaxFactory.VerbatimIdentifier(SyntaxFactory.TriviaList(), name, name, SyntaxFactory.TriviaList());
}
