using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>Runs a scenario: round by round, and in each round one contender after the other, each in a new process.</summary>
internal sealed class Comparison(BenchOptions options, LoadProgram load)
{
    /// <param name="contenders">Those of the scenario that are to run.</param>
    public async Task<ScenarioResult> RunAsync(Scenario scenario, IReadOnlyList<Contender> contenders)
    {
        double rate = scenario.HalfLoadOf is { } pacemaker ? await HalfOfAsync(pacemaker) : 0;
        Dictionary<string, List<LoadReport>> reports = contenders.ToDictionary(contender => contender.Name, _ => new List<LoadReport>());
        Dictionary<string, string> faults = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (Contender contender in contenders.Where(contender => !faults.ContainsKey(contender.Name)))
            {
                try
                {
                    reports[contender.Name].Add(await RunAsync(contender.Server, contender.Workload with { Rate = rate }));
                }
                catch (BenchException exception)
                {
                    faults[contender.Name] = exception.Message;
                }
            }
        }

        return new ScenarioResult(scenario, [.. contenders.Select(contender => new Outcome(contender.Name, reports[contender.Name], faults.GetValueOrDefault(contender.Name)))]);
    }

    private async Task<double> HalfOfAsync(Contender pacemaker)
    {
        LoadReport report = await RunAsync(pacemaker.Server, pacemaker.Workload);
        return Math.Round(report.Messages / report.Seconds / 2);
    }

    private async Task<LoadReport> RunAsync(BenchServer server, Workload workload)
    {
        int port = ServerProcess.FreePort();
        using ServerProcess process = await ServerProcess.StartAsync(server.Launch(workload, port), port, Cores(workload));
        return await load.RunAsync(workload, port, process.Id);
    }

    // A second loop has nowhere to go but to the load's core, where there are only two.
    private int[] Cores(Workload workload) => workload.Loops == 1 ? [options.ServerCore] : [options.ServerCore, options.LoadCore];
}
