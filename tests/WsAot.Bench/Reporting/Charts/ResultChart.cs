using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Reporting.Charts;

/// <summary>
/// A picture of all that was measured: the echoes as ratios to the limit, beside each other; everything else in its own unit.
/// </summary>
internal static class ResultChart
{
    private const int Gap = 20;
    private const string LessIsBetter = "less is better";

    /// <returns>SVG; null if nothing was measured.</returns>
    public static string? Of(IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts)
    {
        ScenarioResult[] measured = [.. results.Where(static result => result.Outcomes.Any(HasRun))];
        ScenarioResult[] ratios = [.. measured.Where(HasRatios)];
        ChartRow[] bars = [.. measured.Except(ratios).Select(Values), .. Starts([.. starts.Where(static start => start.Starts > 0)])];
        if (ratios.Length == 0 && bars.Length == 0) return null;
        SvgText svg = new();
        const string Title = "CPU time of the server for an echo, beside the limit's";
        if (ratios.Length > 0) DotPlot.Append(svg, Title, NotesOf(ratios), [.. ratios.Select(Ratios)], WsAotServer.EpollName);
        for (int i = 0; i < bars.Length; i++)
        {
            if (i > 0 || ratios.Length > 0) svg.Skip(Gap);
            BarPlot.Append(svg, bars[i]);
        }

        IEnumerable<string> names = bars.Select(static row => row.Name);
        return svg.ToString(string.Join("; ", ratios.Length > 0 ? names.Prepend(Title) : names));
    }

    private static bool HasRun(Outcome outcome) => outcome.Rounds.Count > 0;

    private static bool HasRatios(ScenarioResult result) =>
        result.Scenario.IsEcho && result.Find(result.Scenario.Baseline) is not null && result.Outcomes.Count(HasRun) > 1;

    private static string[] NotesOf(ScenarioResult[] ratios)
    {
        string limit = ratios.All(static result => result.Scenario.Baseline == TlsLimitServer.ServerName)
            ? "1 is the limit: only the work of the kernel and OpenSSL"
            : "1 is the limit, which does nothing but receive and send";
        return [limit, $"{LessIsBetter}; figures on the right: {WsAotServer.EpollName}"];
    }

    /// <summary>Those that are compared with the limit.</summary>
    private static ChartRow Ratios(ScenarioResult result)
    {
        Outcome limit = result.Find(result.Scenario.Baseline)!;
        return new ChartRow(result.Scenario.Name, [],
        [
            .. result.Outcomes.Where(outcome => HasRun(outcome) && outcome != limit).Select(outcome =>
                new Mark(outcome.Contender.Name, Spread.Of(outcome.RatiosTo(limit, result.Scenario.Metric)))),
        ]);
    }

    private static ChartRow Values(ScenarioResult result)
    {
        Metric metric = result.Scenario.Metric;
        string unit = metric switch
        {
            Metric.P99 => "99th percentile of the latency in µs",
            Metric.ResidentPerConnection => "resident bytes of the server for a connection",
            _ => "CPU time of the server for a message in µs",
        };
        return new ChartRow(
            result.Scenario.Name,
            [$"{unit}; {LessIsBetter}", result.Scenario.Note],
            [.. result.Outcomes.Where(HasRun).Select(outcome => new Mark(outcome.Contender.Name, Spread.Of(outcome.Values(metric))))]);
    }

    private static IEnumerable<ChartRow> Starts(StartResult[] starts)
    {
        if (starts.Length == 0) yield break;
        yield return new ChartRow(
            "start to listening",
            [$"milliseconds from before the process is made; {LessIsBetter}"],
            [.. starts.Select(static start => new Mark(start.Server, Spread.Of(start.AllMilliseconds)))]);
        yield return new ChartRow(
            "memory after the start",
            [$"resident MiB before any connection; {LessIsBetter}"],
            [.. starts.Select(static start => new Mark(start.Server, Spread.Of(start.AllResidentBytes.Select(ToMiB))))]);
        static double ToMiB(double bytes) => bytes / (1024 * 1024);
    }
}
