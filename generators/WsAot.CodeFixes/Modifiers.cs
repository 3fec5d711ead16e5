using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>Removes modifiers and keeps the trivia before them, which Roslyn's SyntaxGenerator loses.</summary>
internal static class Modifiers
{
    public static MemberDeclarationSyntax Without(this MemberDeclarationSyntax member, SyntaxKind kind)
    {
        SyntaxToken modifier = member.Modifiers.First(other => other.IsKind(kind));
        SyntaxToken next = modifier.GetNextToken();
        member = member.ReplaceToken(next, next.WithLeadingTrivia(modifier.LeadingTrivia));
        return member.WithModifiers(member.Modifiers.Remove(member.Modifiers.First(other => other.IsKind(kind))));
    }
}
