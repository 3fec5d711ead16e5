using WsAot.Bench.Profiling;
using WsAot.Bench.Reporting;
using WsAot.Bench.Reporting.Charts;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;
using WsAot.TestKit.Reporting;

namespace WsAot.Bench;

/// <summary>Builds what is needed, runs the scenarios that were asked for, and prints each as soon as it is known.</summary>
internal sealed class CompareCommand(BenchOptions options, TextWriter output, RunProgress? progress = null)
{
    /// <param name="isTaken">Which scenarios, of those that the options leave; the start of servers is one of them.</param>
    /// <returns>Whether all of it was measured.</returns>
    public async Task<bool> RunAsync(Func<string, bool> isTaken)
    {
        Plan asked = Plan.Of(new Scenarios(options.Peers), isTaken, options.Only);
        using ReportFile? json = ReportFile.Open("--json", options.JsonFile);
        using ReportFile? svg = ReportFile.Open("--svg", options.SvgFile);
        // All of it before the first figure: what fails then fails early, and no compiler runs beside a measurement.
        progress?.Begin("preparing the load");
        if (options.IsBuilding) await LoadProgram.BuildAsync();
        Plan plan = await asked.ReadyAsync(IsReadyAsync);
        if (plan.IsEmpty) throw new BenchException("Nothing is left to measure.");
        string? perf = Executable.Find("perf");
        progress?.Begin("preparing the profile");
        if (perf is not null && options.IsBuilding && plan.Scenarios.Any(IsProfiled)) await SymbolBuild.PublishAsync();
        progress?.ExpectSeconds(Comparison.SecondsOf(plan.Scenarios, options) + StartComparison.SecondsOf(plan.Started, options));
        LoadProgram load = new(options.LoadCore, options.WarmupSeconds, options.Seconds);
        bool isWhole = await MeasureAsync(plan, load, json, svg);
        await ProfileAsync(plan.Scenarios.Where(IsProfiled), perf);
        return isWhole;
    }

    private static bool IsProfiled(Scenario scenario) => ProfiledWorkload(scenario) is not null;

    private static Workload? ProfiledWorkload(Scenario scenario) =>
        scenario.Contenders.FirstOrDefault(contender => contender.Name == WsAotServer.EpollName)?.Workload is { Connections: > 0 } workload
            ? workload
            : null;

    private async Task<bool> MeasureAsync(Plan plan, LoadProgram load, ReportFile? json, ReportFile? svg)
    {
        List<ScenarioResult> results = [];
        Comparison comparison = new(options, load, progress);
        foreach (Scenario scenario in plan.Scenarios)
        {
            results.Add(await comparison.RunAsync(scenario));
            await output.WriteLineAsync(ResultText.Of(results[^1]));
        }

        IReadOnlyList<StartResult> starts = [];
        if (plan.Started.Count > 0)
        {
            if (json is not null)
            {
                await json.WriteAsync(JsonReport.Of(options, results, starts, Verdicts.Of(results, starts)), isLast: false);
            }

            starts = await new StartComparison(options, progress).RunAsync(plan.Started);
            await output.WriteLineAsync(ResultText.Of(starts));
        }

        IReadOnlyList<Verdict> verdicts = Verdicts.Of(results, starts);
        if (verdicts.Count > 0) await output.WriteLineAsync(ResultText.Of(verdicts));
        if (json is not null) await json.WriteAsync(JsonReport.Of(options, results, starts, verdicts), isLast: true);
        if (svg is not null && ResultChart.Of(results, starts) is { } chart) await svg.WriteAsync(chart, isLast: true);
        return results.All(result => result.Outcomes.All(outcome => outcome.Fault is null)) && starts.All(start => start.Fault is null);
    }

    /// <summary>Profiles the scenarios: shows how much of the time is the kernel's, and whose the rest is.</summary>
    private async Task ProfileAsync(IEnumerable<Scenario> scenarios, string? perf)
    {
        if (perf is null)
        {
            await output.WriteLineAsync("what it is made of is left out: install the Debian package linux-perf");
            return;
        }

        if (!File.Exists(SymbolBuild.File)) return;
        List<(string, PerfSample)> samples = [];
        PerfProfile profile = new(perf, options);
        Scenario[] profiled = [.. scenarios];
        progress?.ExpectSteps(profiled.Length);
        foreach (Scenario scenario in profiled)
        {
            progress?.Begin($"profile of {scenario.Name}");
            samples.Add((scenario.Name, await profile.RunAsync("epoll", ProfiledWorkload(scenario)!)));
        }

        if (samples.Count > 0) await output.WriteLineAsync(ProfileText.Of(samples));
    }

    private async Task<bool> IsReadyAsync(BenchServer server)
    {
        progress?.Begin($"preparing {server.Name}");
        string? missing = await server.PrepareAsync(options.IsBuilding);
        await output.WriteLineAsync(missing is null ? $"{server.Name}: {server.Version}" : $"{server.Name} is left out: {missing}");
        return missing is null;
    }
}
