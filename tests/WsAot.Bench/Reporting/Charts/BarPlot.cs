namespace WsAot.Bench.Reporting.Charts;

/// <summary>
/// Figures with a unit: a bar for each server, as long as its median, with a line from the lower to the upper quartile. All bars of a row
/// begin at zero.
/// </summary>
internal static class BarPlot
{
    public const int BarRight = 396;
    private const int BarHeight = 14;
    private const int BarDistance = 24;
    private const int LabelLetter = 8;
    private const int MostLabelLetters = 22;
    private const int WhiskerCap = 4;

    public static void Append(SvgText svg, ChartRow row)
    {
        svg.Heading(row.Name, row.Notes);
        double longest = row.Marks.Max(static mark => mark.Spread.Upper);
        double left = BarLeft(row);
        foreach (Mark mark in row.Marks)
        {
            Spread spread = mark.Spread;
            int y = svg.Y + (BarHeight / 2);
            svg.Text("end", left - 8, y + 5, mark.Server);
            svg.Line($"  <g class=\"{Colour(mark)}\">");
            svg.Line($"    <title>{SvgText.Escape(mark.Server)}: {Figure.Short(spread.Median)}</title>");
            svg.Line($"    <rect x=\"{left}\" y=\"{svg.Y}\" width=\"{X(spread.Median) - left}\" height=\"{BarHeight}\"/>");
            svg.Line($"  </g>");
            if (spread.Upper > spread.Lower) AppendWhisker(svg, X(spread.Lower), X(spread.Upper), y);
            svg.Text("end", SvgText.Right, y + 5, Figure.Short(spread.Median));
            svg.Skip(BarDistance);
        }

        double X(double value) => left + (longest > 0 ? value / longest * (BarRight - left) : 0);
    }

    /// <summary>Where the bars begin: right of the longest name.</summary>
    public static double BarLeft(ChartRow row) =>
        SvgText.Left + 8 + (Math.Min(row.Marks.Max(static mark => mark.Server.Length), MostLabelLetters) * LabelLetter);

    private static void AppendWhisker(SvgText svg, double from, double to, int y)
    {
        const int Cap = 2 * WhiskerCap;
        int top = y - WhiskerCap;
        svg.Line($"  <path class=\"whisker\" d=\"M{from} {top}v{Cap}M{from} {y}H{to}M{to} {top}v{Cap}\"/>");
    }

    private static string Colour(Mark mark) => mark.IsLimit ? "base" : mark.IsOurs ? "s0" : "s1";
}
