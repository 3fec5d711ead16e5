using System.Diagnostics;
using System.Text;

namespace WsAot.Generators.Text;

/// <summary>Writes lines of code with indentation. Lines end with '\n' on every system.</summary>
/// <param name="step">The number of columns by which a block is indented.</param>
internal sealed class SourceWriter(int step = 4)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public SourceWriter Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _depth * step).Append(line);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes text that may have several lines.</summary>
    public SourceWriter Lines(string lines)
    {
        foreach (string line in lines.Split('\n')) Line(line);
        return this;
    }

    /// <summary>Indents what <paramref name="content"/> writes by one step.</summary>
    public SourceWriter Indented(Action content)
    {
        _depth++;
        content();
        _depth--;
        return this;
    }

    /// <summary>Writes <paramref name="head"/> and a block in braces.</summary>
    public SourceWriter Block(string head, Action content, string end = "}") =>
        Line(head).Line("{").Indented(content).Line(end);

    /// <summary>Writes a member whose body is an expression, which may have several lines.</summary>
    public SourceWriter Member(string head, string body) => Line().Line(head + " =>").Indented(() => Lines(body + ";"));

    public override string ToString()
    {
        Debug.Assert(_depth == 0, "The text is read after the last block has ended.");
        return _text.ToString();
    }
}
