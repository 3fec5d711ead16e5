using System.Globalization;
using System.Net;
using System.Text;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Reporting;

/// <summary>
/// A chart of the ratios to the limit: a row for each scenario, with a dot for each server at the median of its rounds, and a line from the
/// lower to the upper quartile. The scale is logarithmic, so that a factor of two is the same distance everywhere.
/// </summary>
internal static class RatioChart
{
    private const int Width = 960;
    private const int PlotLeft = 250;
    private const int PlotRight = 880;
    private const int Top = 76;
    private const int RowHeight = 26;

    // Colours that colour-blind people can distinguish, on white and on black.
    private const string Style =
        """
          <style>
            :root { --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --one: #1f2328; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --one: #e6edf3; } }
            text { font: 13px system-ui, "Segoe UI", Roboto, sans-serif; fill: var(--ink); }
            .soft { fill: var(--soft); font-size: 12px; }
            .title { font-weight: 600; font-size: 14px; }
            .mid { text-anchor: middle; }
            .end { text-anchor: end; }
            .grid { stroke: var(--line); }
            .one { stroke: var(--one); stroke-width: 1.5; }
            .s0 { --c: #0072b2; } .s1 { --c: #d55e00; } .s2 { --c: #009e73; }
            .s3 { --c: #cc79a7; } .s4 { --c: #e69f00; } .s5 { --c: #56b4e9; }
            circle { fill: var(--c); }
            .spread { stroke: var(--c); stroke-width: 2; }
          </style>
        """;

    /// <summary>The chart as SVG, with all scenarios whose limit has run; null if there is none.</summary>
    /// <param name="title">What the ratios are of.</param>
    /// <param name="results">What was measured.</param>
    public static string? Of(string title, IReadOnlyList<ScenarioResult> results)
    {
        ScenarioResult[] rows =
        [
            .. results.Where(static result => result.Scenario.Metric == Metric.CpuPerMessage
                && result.Scenario.Baseline == LimitServer.ServerName
                && result.Find(result.Scenario.Baseline) is not null && Servers(result).Any()),
        ];
        if (rows.Length == 0) return null;
        string[] servers = [.. rows.SelectMany(Servers).Distinct().OrderBy(static server => server != WsAotServer.EpollName)];
        var scale = Scale.Of(rows.SelectMany(static row => Servers(row).SelectMany(server => Quartiles(row, server))));
        int bottom = Top + (rows.Length * RowHeight);
        var svg = new StringBuilder();
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" ");
        Line(svg, $"viewBox=\"0 0 {Width} {bottom + 34}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        svg.Append(Style).Append('\n');
        Line(svg, $"  <text class=\"title\" x=\"12\" y=\"22\">{Escape(title)}</text>");
        AppendLegend(svg, servers);
        foreach (double tick in scale.Ticks)
        {
            string x = Number(scale.X(tick));
            Line(svg, $"  <line class=\"{(tick == 1 ? "one" : "grid")}\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top - 8}\" y2=\"{bottom}\"/>");
            Line(svg, $"  <text class=\"soft mid\" x=\"{x}\" y=\"{bottom + 18}\">{Number(tick)}</text>");
        }

        for (int i = 0; i < rows.Length; i++) AppendRow(svg, rows[i], servers, scale, Top + (i * RowHeight) + (RowHeight / 2));
        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendLegend(StringBuilder svg, string[] servers)
    {
        int x = 12;
        for (int i = 0; i < servers.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"  <g class=\"s{i % 6}\"><circle cx=\"{x + 5}\" cy=\"43\" r=\"5\"/>");
            Line(svg, $"<text x=\"{x + 16}\" y=\"48\">{Escape(servers[i])}</text></g>");
            x += 40 + (servers[i].Length * 8);
        }

        Line(svg, $"  <text class=\"soft end\" x=\"{Width - 12}\" y=\"48\">1: the limit, which does nothing but receive and send</text>");
    }

    private static void AppendRow(StringBuilder svg, ScenarioResult row, string[] servers, Scale scale, int y)
    {
        Line(svg, $"  <text class=\"end\" x=\"{PlotLeft - 14}\" y=\"{y + 4}\">{Escape(row.Scenario.Name)}</text>");
        // Ours last, so that nothing hides it.
        foreach (string server in Servers(row).Reverse())
        {
            double[] quartiles = Quartiles(row, server);
            string[] x = [.. quartiles.Select(value => Number(scale.X(value)))];
            svg.Append(CultureInfo.InvariantCulture, $"  <g class=\"s{Array.IndexOf(servers, server) % 6}\">");
            Line(svg, $"<title>{Escape(server)}: {Figure.Ratio(quartiles[1])}</title>");
            svg.Append(CultureInfo.InvariantCulture, $"    <line class=\"spread\" x1=\"{x[0]}\" x2=\"{x[2]}\" y1=\"{y}\" y2=\"{y}\"/>");
            Line(svg, $"<circle cx=\"{x[1]}\" cy=\"{y}\" r=\"5\"/></g>");
        }

        double ours = row.Ratio(WsAotServer.EpollName, row.Scenario.Baseline);
        if (!double.IsNaN(ours)) Line(svg, $"  <text class=\"end\" x=\"{Width - 12}\" y=\"{y + 4}\">{Figure.Ratio(ours)}</text>");
    }

    /// <summary>The servers to compare with the limit, ours first.</summary>
    private static IEnumerable<string> Servers(ScenarioResult result) => result.Outcomes
        .Where(outcome => outcome.Rounds.Count > 0 && outcome.Contender.Name != result.Scenario.Baseline)
        .Select(static outcome => outcome.Contender.Name)
        .OrderBy(static name => name != WsAotServer.EpollName);

    private static double[] Quartiles(ScenarioResult result, string server)
    {
        double[] ratios = [.. result.Find(server)!.RatiosTo(result.Find(result.Scenario.Baseline)!, result.Scenario.Metric).Order()];
        return [Statistics.Quantile(ratios, 0.25), Statistics.Median(ratios), Statistics.Quantile(ratios, 0.75)];
    }

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>From one power of two to another.</summary>
    private readonly record struct Scale(int From, int To)
    {
        public IEnumerable<double> Ticks => Enumerable.Range(From, To - From + 1).Select(static power => Math.Pow(2, power));

        public static Scale Of(IEnumerable<double> values)
        {
            double[] powers = [.. values.Append(1).Select(Math.Log2)];
            // A little room, so that no dot is on the edge.
            int from = (int)Math.Floor(powers.Min() - 0.1);
            return new Scale(from, Math.Max(from + 1, (int)Math.Ceiling(powers.Max() + 0.1)));
        }

        public double X(double value) => PlotLeft + ((Math.Log2(value) - From) / (To - From) * (PlotRight - PlotLeft));
    }
}
