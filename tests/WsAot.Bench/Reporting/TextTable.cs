namespace WsAot.Bench.Reporting;

/// <summary>Columns as wide as their widest cell; the first is aligned to the left, the others to the right.</summary>
internal sealed class TextTable(params ReadOnlySpan<string> heads)
{
    private readonly List<string[]> _rows = [heads.ToArray()];

    public void Add(params ReadOnlySpan<string> cells) => _rows.Add(cells.ToArray());

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length))];
        return string.Concat(_rows.Select(row => $"  {Line(row)}\n"));

        string Line(string[] row) =>
            string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[i]))).TrimEnd();
    }
}
