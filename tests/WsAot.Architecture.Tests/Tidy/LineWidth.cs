using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.Architecture.Tests.Tidy;

/// <summary>
/// No line is longer than <see cref="Max"/> columns. The text of a string of several lines is exempt: it is data, and a break in it would
/// change what it says.
/// </summary>
internal static class LineWidth
{
    public const int Max = 140;

    public static IEnumerable<(int Line, string Message)> Check(SourceFile file)
    {
        for (int i = 0; i < file.Lines.Length; i++)
        {
            int width = file.Lines[i].Length;
            if (width > Max && !IsText(file, i)) yield return (i + 1, $"{width} columns, {Max} are allowed");
        }
    }

    /// <summary>Whether what is too much of a line belongs to a string that began on an earlier line and ends on a later one.</summary>
    private static bool IsText(SourceFile file, int line)
    {
        int start = file.Tree.GetText().Lines[line].Start;
        return file.Root.FindToken(start + Max).Parent!.AncestorsAndSelf().Any(node =>
            node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax
            && node.SpanStart < start && file.LineOf(node.Span.End) > line + 1);
    }
}
