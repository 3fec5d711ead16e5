using Microsoft.CodeAnalysis;

namespace WsAot.Architecture.Tests.Tidy;

/// <summary>What is still to be done stands in an issue, and not in a comment.</summary>
internal static class UnfinishedWork
{
    private static readonly string[] s_marks = ["TODO", "FIXME"];

    public static IEnumerable<(int Line, string Message)> Check(SourceFile file)
    {
        // Most files have no such word in any place, and need no second look.
        if (!s_marks.Any(file.Text.Contains)) return [];
        return
            from trivia in file.Root.DescendantTrivia()
            let mark = s_marks.FirstOrDefault(trivia.ToFullString().Contains)
            where mark is not null
            select (file.LineOf(trivia.SpanStart), $"{mark} belongs into an issue");
    }
}
