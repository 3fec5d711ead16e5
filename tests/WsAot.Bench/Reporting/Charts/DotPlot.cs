using System.Globalization;

namespace WsAot.Bench.Reporting.Charts;

/// <summary>
/// Ratios: a row for each scenario, and in it a dot for each server at the median of its rounds, with a line from the lower to the upper
/// quartile. The scale is logarithmic, so that twice as much is as far everywhere.
/// </summary>
internal static class DotPlot
{
    public const int PlotLeft = 24;
    public const int PlotRight = 456;
    private const int RowHeight = 44;
    private const int LegendLetter = 8;
    private const int LegendGap = 40;
    private const int Colours = 6;

    /// <param name="rows">One or more; their marks are ratios.</param>
    /// <param name="ours">The server whose ratio is written out.</param>
    public static void Append(SvgText svg, string title, IReadOnlyList<string> notes, IReadOnlyList<ChartRow> rows, string ours)
    {
        string[] servers = [.. rows.SelectMany(static row => row.Marks).Select(static mark => mark.Server).Distinct()
            .OrderBy(server => server != ours)];
        Scale scale = Scale.Of(rows.SelectMany(static row => row.Marks).Select(static mark => mark.Spread));
        svg.Heading(title, notes);
        AppendLegend(svg, servers);
        foreach (ChartRow row in rows) AppendRow(svg, row, servers, scale, ours);
        foreach (double tick in scale.Ticks) svg.Text("soft mid", scale.X(tick), svg.Y + 16, tick.ToString(CultureInfo.InvariantCulture));
        svg.Skip(20);
    }

    private static void AppendLegend(SvgText svg, string[] servers)
    {
        int x = SvgText.Left;
        for (int i = 0; i < servers.Length; i++)
        {
            int width = LegendGap + (servers[i].Length * LegendLetter);
            if (x + width > SvgText.Right + LegendGap && x > SvgText.Left)
            {
                x = SvgText.Left;
                svg.Skip(22);
            }

            svg.Line($"  <g class=\"s{i % Colours}\"><circle cx=\"{x + 5}\" cy=\"{svg.Y + 7}\" r=\"5\"/></g>");
            svg.Text("", x + 16, svg.Y + 12, servers[i]);
            x += width;
        }

        svg.Skip(26);
    }

    private static void AppendRow(SvgText svg, ChartRow row, string[] servers, Scale scale, string ours)
    {
        svg.Text("", SvgText.Left, svg.Y + 14, row.Name);
        if (row.Marks.FirstOrDefault(mark => mark.Server == ours) is { } own)
        {
            svg.Text("end", SvgText.Right, svg.Y + 14, Figure.Ratio(own.Spread.Median));
        }

        int y = svg.Y + 29;
        foreach (double tick in scale.Ticks)
        {
            double x = scale.X(tick);
            svg.Line($"  <line class=\"{(tick == 1 ? "one" : "grid")}\" x1=\"{x}\" x2=\"{x}\" y1=\"{y - 9}\" y2=\"{y + 9}\"/>");
        }

        // Ours last, so that nothing hides it.
        foreach (Mark mark in row.Marks.OrderBy(mark => mark.Server == ours))
        {
            Spread spread = mark.Spread;
            svg.Line($"  <g class=\"s{Array.IndexOf(servers, mark.Server) % Colours}\">");
            svg.Line($"    <title>{SvgText.Escape(mark.Server)}: {Figure.Ratio(spread.Median)}</title>");
            svg.Line(
                $"    <line class=\"spread\" x1=\"{scale.X(spread.Lower)}\" x2=\"{scale.X(spread.Upper)}\" y1=\"{y}\" y2=\"{y}\"/>");
            svg.Line($"    <circle cx=\"{scale.X(spread.Median)}\" cy=\"{y}\" r=\"5\"/>");
            svg.Line($"  </g>");
        }

        svg.Skip(RowHeight);
    }

    /// <summary>From one power of two to another.</summary>
    private readonly record struct Scale(int From, int To)
    {
        public IEnumerable<double> Ticks => Enumerable.Range(From, To - From + 1).Select(static power => Math.Pow(2, power));

        public static Scale Of(IEnumerable<Spread> spreads)
        {
            double[] powers = [.. spreads.SelectMany(static spread => (double[])[spread.Lower, spread.Upper]).Append(1).Select(Math.Log2)];
            // A little room, so that no dot is on the edge.
            int from = (int)Math.Floor(powers.Min() - 0.1);
            return new Scale(from, Math.Max(from + 1, (int)Math.Ceiling(powers.Max() + 0.1)));
        }

        public double X(double value) => PlotLeft + ((Math.Log2(value) - From) / (To - From) * (PlotRight - PlotLeft));
    }
}
