using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Generators.Symbols;

/// <summary>
/// The text of the documentation comments before a declaration, without comment delimiters (C# specification, annex D.2). If the compiler
/// is told not to parse documentation, they are ordinary comments in the syntax tree.
/// </summary>
internal static class CommentText
{
    public static bool IsBefore(SyntaxNode declaration)
    {
        foreach (SyntaxTrivia trivia in declaration.GetLeadingTrivia())
        {
            if (AreLines(trivia) || IsDelimited(trivia)) return true;
        }

        return false;
    }

    public static string Of(SyntaxNode declaration)
    {
        var text = new StringBuilder();
        foreach (SyntaxTrivia trivia in declaration.GetLeadingTrivia())
        {
            if (AreLines(trivia)) AppendLines(text, trivia.ToFullString());
            else if (IsDelimited(trivia)) AppendDelimited(text, trivia.ToFullString().Trim());
        }

        return text.ToString();
    }

    private static bool AreLines(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia);

    private static bool IsDelimited(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static void AppendLines(StringBuilder text, string comment)
    {
        foreach (string line in comment.Split('\n'))
        {
            // Four slashes begin an ordinary comment.
            string trimmed = line.Trim();
            if (trimmed.StartsWith("///", StringComparison.Ordinal) && !trimmed.StartsWith("////", StringComparison.Ordinal))
            {
                text.Append(trimmed, 3, trimmed.Length - 3).Append('\n');
            }
        }
    }

    private static void AppendDelimited(StringBuilder text, string comment)
    {
        // So do three asterisks, and /**/ is empty.
        if (!comment.StartsWith("/**", StringComparison.Ordinal) || comment.Length < 5 || comment[3] == '*') return;
        string[] lines = [.. comment.Substring(3, comment.Length - 5).Split('\n').Select(static line => line.Trim())];
        // If each line begins with an asterisk, the asterisks are not part of the text.
        bool isMarked = lines.Skip(1).All(static line => line.Length == 0 || line[0] == '*');
        for (int i = 0; i < lines.Length; i++)
        {
            text.Append(i > 0 && isMarked && lines[i].Length > 0 ? lines[i].Substring(1) : lines[i]).Append('\n');
        }
    }
}
