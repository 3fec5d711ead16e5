using System.Runtime.InteropServices;
using System.Text.Json;
using WsAot.Bench.Running;

namespace WsAot.Bench.Reporting;

/// <summary>Everything that was measured, round by round, for further analysis.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Of(
        BenchOptions options,
        IReadOnlyList<ScenarioResult> results,
        IReadOnlyList<StartResult> starts,
        IReadOnlyList<Verdict> verdicts) => JsonSerializer.Serialize(
        new
        {
            Machine = new { RuntimeInformation.OSDescription, Environment.ProcessorCount, Processor = Processor() },
            options.Rounds,
            options.Seconds,
            options.WarmupSeconds,
            Scenarios = results.Select(result => new
            {
                result.Scenario.Name,
                Metric = result.Scenario.Metric.ToString(),
                result.Scenario.Baseline,
                Contenders = result.Outcomes.Select(outcome => new
                {
                    outcome.Contender.Name,
                    outcome.Contender.Workload,
                    outcome.CpuMicroseconds,
                    Value = outcome.Value(result.Scenario.Metric),
                    Ratio = result.Ratio(outcome.Contender.Name, result.Scenario.Baseline),
                    outcome.PerSecond,
                    outcome.P50Microseconds,
                    outcome.P99Microseconds,
                    outcome.P999Microseconds,
                    outcome.ResidentBytes,
                    outcome.OthersBusy,
                    outcome.Fault,
                    outcome.Rounds,
                }),
            }),
            Starts = starts,
            Verdicts = verdicts,
        },
        s_options);

    private static string Processor()
    {
        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
