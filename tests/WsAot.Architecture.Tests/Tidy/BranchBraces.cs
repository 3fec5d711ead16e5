using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Architecture.Tests.Tidy;

/// <summary>All branches of an <c>if</c> with an <c>else</c> have braces, or none has.</summary>
internal static class BranchBraces
{
    public static IEnumerable<(int Line, string Message)> Check(SourceFile file) =>
        from chain in file.Root.DescendantNodes().OfType<IfStatementSyntax>()
        where chain.Parent is not ElseClauseSyntax && Branches(chain).Select(static branch => branch is BlockSyntax).Distinct().Count() > 1
        select (file.LineOf(chain.SpanStart), "some branches have braces and some have none");

    private static IEnumerable<StatementSyntax> Branches(IfStatementSyntax chain)
    {
        yield return chain.Statement;
        if (chain.Else?.Statement is not { } last) yield break;
        if (last is not IfStatementSyntax next)
        {
            yield return last;
            yield break;
        }

        foreach (StatementSyntax branch in Branches(next)) yield return branch;
    }
}
