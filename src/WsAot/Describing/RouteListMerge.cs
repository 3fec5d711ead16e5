using System.Text;

namespace WsAot.Describing;

/// <summary>Merges tables of routes into one, sorted by template like that of one assembly.</summary>
internal static class RouteListMerge
{
    private static readonly string[] s_heads = ["ROUTE", "HANDLER", "TAKES", "SUBPROTOCOLS"];

    public static string Merge(IReadOnlyList<string> lists)
    {
        Row[] rows = [.. lists.SelectMany(Read)
            .OrderBy(static row => row.Cells[0], StringComparer.Ordinal)
            .ThenBy(static row => row.Cells[1], StringComparer.Ordinal)];
        int[] widths = [.. s_heads.Select((head, i) => rows.Select(row => row.Cells[i].Length).Append(head.Length).Max())];
        var text = new StringBuilder();
        Write(text, s_heads, widths);
        foreach (Row row in rows)
        {
            Write(text, row.Cells, widths);
            foreach (string method in row.Methods) text.Append(method).Append('\n');
        }

        return text.ToString();
    }

    private static List<Row> Read(string list)
    {
        string[] lines = list.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int[] starts = [.. s_heads.Select(head => lines[0].IndexOf(head, StringComparison.Ordinal)), int.MaxValue];
        var rows = new List<Row>();
        foreach (string line in lines.Skip(1))
        {
            // An indented line is a method of the route above it; a template begins with a slash.
            if (line.StartsWith(' ')) rows[^1].Methods.Add(line);
            else rows.Add(new([.. s_heads.Select((_, i) => Cell(line, starts[i], starts[i + 1]))], []));
        }

        return rows;
    }

    // The generator does not write spaces at the end of a line.
    private static string Cell(string line, int start, int end) =>
        start >= line.Length ? "" : line[start..Math.Min(end, line.Length)].TrimEnd(' ');

    private static void Write(StringBuilder text, string[] cells, int[] widths) =>
        text.Append(string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd(' ')).Append('\n');

    private sealed record Row(string[] Cells, List<string> Methods);
}
