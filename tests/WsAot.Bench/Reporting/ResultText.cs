using WsAot.Bench.Running;

namespace WsAot.Bench.Reporting;

/// <summary>Results as tables.</summary>
internal static class ResultText
{
    public static string Of(ScenarioResult result)
    {
        Metric metric = result.Scenario.Metric;
        string baseline = result.Scenario.Baseline;
        TextTable table = metric == Metric.ResidentPerConnection
            ? new TextTable("server", "bytes per connection", $"/ {baseline}", "resident MiB")
            : new TextTable(
                "server", "CPU us", $"{(metric == Metric.P99 ? "p99" : "CPU")} / {baseline}", "messages/s", "p50 us", "p99 us", "p99.9 us",
                "resident MiB", "server %", "load %", "others %");
        foreach (Outcome outcome in result.Outcomes.Where(outcome => outcome.Rounds.Count > 0))
        {
            string ratio = Figure.Ratio(result.Ratio(outcome.Contender.Name, baseline));
            if (metric == Metric.ResidentPerConnection)
            {
                table.Add(outcome.Contender.Name, Figure.Whole(outcome.Value(metric)), ratio, Figure.MiB(outcome.ResidentBytes));
                continue;
            }

            table.Add(
                outcome.Contender.Name,
                Figure.Short(outcome.CpuMicroseconds),
                ratio,
                Figure.Whole(outcome.PerSecond),
                Figure.Short(outcome.P50Microseconds),
                Figure.Short(outcome.P99Microseconds),
                Figure.Short(outcome.P999Microseconds),
                Figure.MiB(outcome.ResidentBytes),
                Figure.Percent(outcome.ServerBusy),
                Figure.Percent(outcome.LoadBusy),
                Figure.Percent(outcome.OthersBusy));
        }

        string note = result.Scenario.Note.Length == 0 ? "" : $" ({result.Scenario.Note})";
        return $"{result.Scenario.Name}{note}\n{table}{Faults(result.Outcomes.Select(outcome => (outcome.Contender.Name, outcome.Fault)))}";
    }

    public static string Of(IReadOnlyList<StartResult> starts)
    {
        TextTable table = new("server", "ms to listening", "resident MiB", "file MB");
        foreach (StartResult start in starts.Where(start => start.Starts > 0))
        {
            string size = Figure.Short(start.FileBytes / 1e6 ?? double.NaN);
            table.Add(start.Server, Figure.Short(start.Milliseconds), Figure.MiB(start.ResidentBytes), size);
        }

        return $"{StartComparison.Name}\n{table}{Faults(starts.Select(start => (start.Server, start.Fault)))}";
    }

    public static string Of(IReadOnlyList<Verdict> verdicts)
    {
        TextTable table = new("where to get to", "at most", "measured", "rounds", "");
        foreach (Verdict verdict in verdicts)
        {
            string limit = verdict.Limit is { } most ? Figure.Short(most) : "state it";
            string outcome = verdict.IsMet switch { true => "met", false => "MISSED", null => "" };
            table.Add(verdict.Name, limit, Figure.Short(verdict.Measured), Figure.Whole(verdict.Rounds ?? double.NaN), outcome);
        }

        return $"verdict\n{table}  managed allocations for a message: exact, so tests/WsAot.Tests/AllocationTests.cs has them\n";
    }

    private static string Faults(IEnumerable<(string Name, string? Fault)> faults) =>
        string.Concat(faults.Where(one => one.Fault is not null).Select(one => $"  {one.Name} failed: {one.Fault}\n"));
}
