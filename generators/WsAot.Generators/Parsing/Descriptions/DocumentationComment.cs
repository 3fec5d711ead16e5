using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Generators.Parsing;

/// <summary>
/// What stands in the <c>///</c> lines before a declaration. They are read from the source itself: a project that makes no documentation
/// file has no other form of them.
/// </summary>
internal sealed class DocumentationComment
{
    private static readonly DocumentationComment s_none = new(null);

    // The declarations of a file stay the same while other files are edited.
    private static readonly ConditionalWeakTable<SyntaxNode, DocumentationComment> s_known = new();

    private readonly XElement? _comment;

    private DocumentationComment(XElement? comment) => _comment = comment;

    public string? Summary => Text(_comment?.Element("summary"));

    public string? Returns => Text(_comment?.Element("returns"));

    public string? Parameter(string name) =>
        Text(_comment?.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == name));

    /// <summary>The comment of a symbol that is declared in the source; without one, a comment that says nothing.</summary>
    public static DocumentationComment Of(ISymbol symbol)
    {
        foreach (SyntaxReference declaration in symbol.DeclaringSyntaxReferences)
        {
            SyntaxNode syntax = declaration.GetSyntax();
            if (HasLines(syntax) && s_known.GetValue(syntax, static syntax => Of(syntax)) is { _comment: not null } comment)
                return comment;
        }

        return s_none;
    }

    private static DocumentationComment Of(SyntaxNode declaration) =>
        Lines(declaration) is { Length: > 0 } lines && TryParse(lines) is { } comment ? new(comment) : s_none;

    private static bool HasLines(SyntaxNode declaration)
    {
        foreach (SyntaxTrivia trivia in declaration.GetLeadingTrivia())
        {
            if (IsLines(trivia))
                return true;
        }

        return false;
    }

    private static string Lines(SyntaxNode declaration)
    {
        var lines = new StringBuilder();
        foreach (SyntaxTrivia trivia in declaration.GetLeadingTrivia())
        {
            if (IsLines(trivia))
                Append(lines, trivia.ToFullString());
        }

        return lines.ToString();
    }

    private static bool IsLines(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia);

    private static void Append(StringBuilder lines, string comment)
    {
        foreach (string line in comment.Split('\n'))
        {
            string text = line.Trim();
            if (text.StartsWith("///", StringComparison.Ordinal))
                lines.Append(text, 3, text.Length - 3).Append('\n');
        }
    }

    private static XElement? TryParse(string lines)
    {
        try
        {
            return XElement.Parse("<comment>" + lines + "</comment>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // The compiler warns of it where documentation is wanted.
            return null;
        }
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = new StringBuilder();
        Append(text, element);
        string line = string.Join(" ", text.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line;
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText words)
                text.Append(words.Value);
            else if (node is XElement inner)
                AppendInner(text, inner);
        }
    }

    private static void AppendInner(StringBuilder text, XElement element)
    {
        // <see cref="Tick"/>, <see langword="null"/>, <paramref name="count"/>: what they name is the text, unless they have one.
        string? named = (string?)element.Attribute("langword") ?? (string?)element.Attribute("name") ?? ShortName((string?)element.Attribute("cref"));
        if (element.IsEmpty)
            text.Append(named ?? " ");
        else if (element.Name == "para")
            Append(text.Append(' '), element);
        else
            Append(text, element);
    }

    private static string? ShortName(string? cref) => cref?.Substring(cref.LastIndexOf('.') + 1);
}
