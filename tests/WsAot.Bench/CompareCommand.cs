using WsAot.Bench.Building;
using WsAot.Bench.Profiling;
using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench;

/// <summary>Builds what is needed, runs the scenarios that were asked for, and prints each as soon as it is known.</summary>
internal sealed class CompareCommand(BenchOptions options, TextWriter output)
{
    private readonly Dictionary<BenchServer, bool> _areReady = [];

    /// <param name="isTaken">Which scenarios, of those that the options leave; the start of servers is one of them.</param>
    public async Task RunAsync(Func<string, bool> isTaken)
    {
        // All of it before the first figure: what fails then fails early, and no compiler runs beside a measurement.
        if (options.IsBuilding) await LoadProgram.BuildAsync();
        Scenarios scenarios = new(options.Peers);
        List<Scenario> chosen = [];
        foreach (Scenario scenario in scenarios.All().Where(scenario => isTaken(scenario.Name)))
        {
            IEnumerable<Contender> asked = scenario.Contenders.Where(contender => options.Only.Takes(scenario.Name, contender.Name));
            List<Contender> contenders = [];
            foreach (Contender contender in asked)
            {
                if (await IsReadyAsync(contender.Server)) contenders.Add(contender);
            }

            if (contenders.Count > 0) chosen.Add(scenario with { Contenders = contenders });
        }

        List<BenchServer> started = [];
        foreach (BenchServer server in scenarios.Started.Where(server => isTaken(StartComparison.Name) && options.Only.Takes(StartComparison.Name, server.Name)))
        {
            if (await IsReadyAsync(server)) started.Add(server);
        }

        string? perf = Tools.Find("perf");
        if (perf is not null && options.IsBuilding && chosen.Any(IsProfiled)) await SymbolBuild.PublishAsync();
        LoadProgram load = new(options.LoadCore, options.WarmupSeconds, options.Seconds);
        await MeasureAsync(chosen, started, load);
        await ProfileAsync(chosen.Where(IsProfiled), perf, load);
    }

    private static bool IsProfiled(Scenario scenario) => ProfiledWorkload(scenario) is not null;

    private static Workload? ProfiledWorkload(Scenario scenario) =>
        scenario.Contenders.FirstOrDefault(contender => contender.Name == WsAotServer.EpollName)?.Workload is { Connections: > 0 } workload ? workload : null;

    private async Task MeasureAsync(List<Scenario> chosen, List<BenchServer> started, LoadProgram load)
    {
        List<ScenarioResult> results = [];
        foreach (Scenario scenario in chosen)
        {
            results.Add(await new Comparison(options, load).RunAsync(scenario));
            await output.WriteLineAsync(ResultText.Of(results[^1]));
        }

        IReadOnlyList<StartResult> starts = [];
        if (started.Count > 0)
        {
            starts = await new StartComparison(options).RunAsync(started);
            await output.WriteLineAsync(ResultText.Of(starts));
        }

        IReadOnlyList<Verdict> verdicts = Verdicts.Of(results, starts);
        if (verdicts.Count > 0) await output.WriteLineAsync(ResultText.Of(verdicts));
        if (options.JsonFile is { } file) await File.WriteAllTextAsync(file, JsonReport.Of(options, results, starts, verdicts));
    }

    /// <summary>Whose the rest is: a reader sees how much of it nobody but the kernel could do without.</summary>
    private async Task ProfileAsync(IEnumerable<Scenario> scenarios, string? perf, LoadProgram load)
    {
        if (perf is null)
        {
            await output.WriteLineAsync("what it is made of is left out: install the Debian package linux-perf");
            return;
        }

        if (!File.Exists(SymbolBuild.File)) return;
        List<(string, PerfSample)> samples = [];
        PerfProfile profile = new(perf, load, options);
        foreach (Scenario scenario in scenarios) samples.Add((scenario.Name, await profile.RunAsync("epoll", ProfiledWorkload(scenario)!)));
        if (samples.Count > 0) await output.WriteLineAsync(ProfileText.Of(samples));
    }

    private async Task<bool> IsReadyAsync(BenchServer server)
    {
        if (_areReady.TryGetValue(server, out bool isReady)) return isReady;
        string? missing = await server.PrepareAsync(options.IsBuilding);
        await output.WriteLineAsync(missing is null ? $"{server.Name}: {server.Version}" : $"{server.Name} is left out: {missing}");
        return _areReady[server] = missing is null;
    }
}
