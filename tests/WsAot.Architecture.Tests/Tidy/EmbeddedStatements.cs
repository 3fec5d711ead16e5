using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Architecture.Tests.Tidy;

/// <summary>A statement without braces stands on one line with its condition.</summary>
internal static class EmbeddedStatements
{
    public static IEnumerable<(int Line, string Message)> Check(SourceFile file) =>
        from statement in file.Root.DescendantNodes().OfType<StatementSyntax>()
        where IsEmbedded(statement) && !ContinuesItsParent(statement)
        let line = file.LineOf(statement.Parent!.SpanStart)
        where file.LineOf(statement.Span.End) != line
        select (line, "a statement that does not fit on the line of its condition stands in braces");

    public static bool IsEmbedded(StatementSyntax statement) =>
        statement is not BlockSyntax
        && statement.Parent is IfStatementSyntax or ElseClauseSyntax or CommonForEachStatementSyntax or ForStatementSyntax
            or WhileStatementSyntax or DoStatementSyntax or UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax;

    /// <summary>Whether the two are written as one: <c>else if</c>, and several <c>using</c> or <c>fixed</c> over one block.</summary>
    private static bool ContinuesItsParent(StatementSyntax statement) =>
        statement.Parent is ElseClauseSyntax && statement is IfStatementSyntax
        || statement.Parent is UsingStatementSyntax && statement is UsingStatementSyntax
        || statement.Parent is FixedStatementSyntax && statement is FixedStatementSyntax;
}
