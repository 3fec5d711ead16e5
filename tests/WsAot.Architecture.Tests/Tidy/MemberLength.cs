using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Architecture.Tests.Tidy;

/// <summary>A method, an accessor or a local function fits on a screen.</summary>
internal static class MemberLength
{
    public const int Max = 70;

    public static IEnumerable<(int Line, string Message)> Check(SourceFile file) =>
        from member in file.Root.DescendantNodes()
        where member is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let line = file.LineOf(member.SpanStart)
        let length = file.LineOf(member.Span.End) - line + 1
        where length > Max
        select (line, $"{length} lines, {Max} are allowed");
}
