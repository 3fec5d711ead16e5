using System.Text;

namespace WsAot.TestKit.Reporting;

/// <summary>Passes whole lines on, each while the line of the progress is not on the terminal.</summary>
internal sealed class LinesAbove(TextWriter output, RunProgress progress) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        _line.Append(value);
        if (value == '\n') PassOn();
    }

    public override void Write(string? value)
    {
        _line.Append(value);
        if (value is not null && value.EndsWith('\n')) PassOn();
    }

    /// <summary>Passes on a line that has not ended, too.</summary>
    public override void Flush()
    {
        PassOn();
        output.Flush();
    }

    private void PassOn()
    {
        if (_line.Length == 0) return;
        string lines = _line.ToString();
        _line.Clear();
        progress.WriteAbove(() => output.Write(lines));
    }
}
