namespace WsAot.Bench.Reporting;

/// <summary>Columns as wide as their widest cell; the first is aligned to the left, the others to the right.</summary>
internal sealed class TextTable(params ReadOnlySpan<string> heads)
{
    private readonly List<string[]> _rows = [heads.ToArray()];

    public void Add(params ReadOnlySpan<string> cells) => _rows.Add(cells.ToArray());

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length))];
        IEnumerable<string> lines = _rows.Select(row => string.Concat(row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : "  " + cell.PadLeft(widths[column]))));
        return string.Join('\n', lines.Select(line => "  " + line.TrimEnd())) + "\n";
    }
}
