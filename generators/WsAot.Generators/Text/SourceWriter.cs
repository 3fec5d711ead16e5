using System.Text;

namespace WsAot.Generators.Text;

/// <summary>Lines of code, indented by the blocks they stand in; '\n' on every system.</summary>
/// <param name="step">How many columns a block stands further to the right.</param>
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

    /// <summary>Writes an expression that may have more than one line.</summary>
    public SourceWriter Lines(string lines)
    {
        foreach (string line in lines.Split('\n')) Line(line);
        return this;
    }

    /// <summary>Writes what <paramref name="content"/> writes one step further to the right.</summary>
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

    public override string ToString() => _text.ToString();
}
