using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench;

/// <summary>Builds what is needed, runs the scenarios that were asked for, and prints each as soon as it is known.</summary>
internal sealed class CompareCommand(BenchOptions options, TextWriter output)
{
    private readonly LoadProgram _load = new(options.LoadCore, options.WarmupSeconds, options.Seconds);
    private readonly List<BenchServer> _missing = [];

    /// <param name="isTaken">Which scenarios, of those that the options leave; the start of servers is one of them.</param>
    public async Task RunAsync(Func<string, bool> isTaken)
    {
        if (options.IsBuilding) await LoadProgram.BuildAsync();
        Scenarios scenarios = new(options.Peers);
        List<ScenarioResult> results = [];
        foreach (Scenario scenario in scenarios.All().Where(scenario => isTaken(scenario.Name)))
        {
            List<Contender> contenders = [];
            foreach (Contender contender in scenario.Contenders)
            {
                if (options.Only.Takes(scenario.Name, contender.Name) && await IsReadyAsync(contender.Server)) contenders.Add(contender);
            }

            if (contenders.Count == 0) continue;
            results.Add(await new Comparison(options, _load).RunAsync(scenario, contenders));
            await output.WriteLineAsync(ResultText.Of(results[^1]));
        }

        IReadOnlyList<StartResult> starts = isTaken(StartComparison.Name) ? await StartAsync(scenarios) : [];
        IReadOnlyList<Verdict> verdicts = Verdicts.Of(results, starts);
        if (verdicts.Count > 0) await output.WriteLineAsync(ResultText.Of(verdicts));
        if (options.JsonFile is { } file) await File.WriteAllTextAsync(file, JsonReport.Of(options, results, starts, verdicts));
    }

    private async Task<IReadOnlyList<StartResult>> StartAsync(Scenarios scenarios)
    {
        List<BenchServer> servers = [];
        foreach (BenchServer server in scenarios.Started)
        {
            if (options.Only.Takes(StartComparison.Name, server.Name) && await IsReadyAsync(server)) servers.Add(server);
        }

        if (servers.Count == 0) return [];
        IReadOnlyList<StartResult> starts = await new StartComparison(options).RunAsync(servers);
        await output.WriteLineAsync(ResultText.Of(starts));
        return starts;
    }

    private async Task<bool> IsReadyAsync(BenchServer server)
    {
        if (_missing.Contains(server)) return false;
        if (await server.PrepareAsync(options.IsBuilding) is not { } reason) return true;
        _missing.Add(server);
        await output.WriteLineAsync($"{server.Name} is left out: {reason}");
        return false;
    }
}
