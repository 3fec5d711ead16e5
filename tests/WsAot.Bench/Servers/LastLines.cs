namespace WsAot.Bench.Servers;

/// <summary>The last lines of an output that may become long. Any thread.</summary>
internal sealed class LastLines(int count)
{
    private readonly Queue<string> _lines = [];

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == count) _lines.Dequeue();
            _lines.Enqueue(line);
        }
    }

    /// <returns>The lines, with a line break before each.</returns>
    public override string ToString()
    {
        lock (_lines) return string.Concat(_lines.Select(line => $"\n{line}"));
    }
}
