using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Symbols;

/// <summary>
/// The documentation comment of a declaration: <c>///</c> lines, or <c>/**</c> to <c>*/</c>. It is read from the source text, because the
/// compiler parses it only in projects that generate a documentation file.
/// </summary>
internal sealed class DocumentationComment
{
    private static readonly DocumentationComment s_none = new(null);

    // A cache that helps in the editor: the syntax of a file stays the same while other files are edited.
    private static readonly ConditionalWeakTable<SyntaxNode, DocumentationComment> s_known = new();

    private readonly XElement? _comment;

    private DocumentationComment(XElement? comment) => _comment = comment;

    public string? Summary => Text(_comment?.Element("summary"));

    public string? Returns => Text(_comment?.Element("returns"));

    public string? Parameter(string name) =>
        Text(_comment?.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == name));

    /// <summary>The comment of a symbol in source; an empty one if it has none.</summary>
    public static DocumentationComment Of(ISymbol symbol)
    {
        foreach (SyntaxReference declaration in symbol.DeclaringSyntaxReferences)
        {
            SyntaxNode syntax = declaration.GetSyntax();
            if (CommentText.IsBefore(syntax) && s_known.GetValue(syntax, static syntax => Of(syntax)) is { _comment: not null } comment)
            {
                return comment;
            }
        }

        return s_none;
    }

    private static DocumentationComment Of(SyntaxNode declaration) =>
        CommentText.Of(declaration) is { Length: > 0 } text && TryParse(text) is { } comment ? new(comment) : s_none;

    private static XElement? TryParse(string text)
    {
        try
        {
            return XElement.Parse("<comment>" + text + "</comment>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // The compiler warns about malformed comments in projects that generate documentation.
            return null;
        }
    }

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = new StringBuilder();
        Append(text, element);
        string line = string.Join(" ", text.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line;
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText words) text.Append(words.Value);
            else if (node is XElement inner) AppendInner(text, inner);
        }
    }

    private static void AppendInner(StringBuilder text, XElement element)
    {
        // <see cref="Tick"/>, <see langword="null"/>, <paramref name="count"/>: the text is what they refer to, unless they have content.
        string? named = (string?)element.Attribute("langword")
            ?? (string?)element.Attribute("name")
            ?? ShortName((string?)element.Attribute("cref"));
        if (element.IsEmpty) text.Append(named ?? " ");
        else if (element.Name == "para") Append(text.Append(' '), element);
        else Append(text, element);
    }

    // The part after the last dot or colon outside of braces and parameter list: Turn for My.Page{System.Int32}.Turn(System.Int32).
    private static string? ShortName(string? cref)
    {
        if (cref is null) return null;
        int end = cref.IndexOf('(');
        string name = end < 0 ? cref : cref.Substring(0, end);
        int start = 0;
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] is '{' or '[') depth++;
            else if (name[i] is '}' or ']') depth--;
            else if (depth == 0 && (name[i] is '.' or ':')) start = i + 1;
        }

        return name.Substring(start).Trim().Replace('{', '<').Replace('}', '>');
    }
}
