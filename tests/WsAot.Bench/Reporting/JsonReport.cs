using System.Runtime.InteropServices;
using System.Text.Json;
using WsAot.Bench.Running;

namespace WsAot.Bench.Reporting;

/// <summary>All that was measured, round by round, for whoever wants to work out more.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Of(BenchOptions options, IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts, IReadOnlyList<Verdict> verdicts) => JsonSerializer.Serialize(
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
                Baseline = result.Scenario.Contenders[0].Name,
                Contenders = result.Outcomes.Select(outcome => new
                {
                    outcome.Contender,
                    Ratio = result.Ratio(outcome.Contender, result.Scenario.Contenders[0].Name),
                    Median = outcome,
                }),
            }),
            Starts = starts,
            Verdicts = verdicts,
        },
        s_options);

    private static string Processor()
    {
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
