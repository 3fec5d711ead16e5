using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Servers;
using WsAot.TestKit.Reporting;

namespace WsAot.Bench.Running;

/// <summary>Runs scenarios: round by round, and in each round one contender after the other, each in a new process.</summary>
internal sealed class Comparison(BenchOptions options, LoadProgram load, RunProgress? progress = null)
{
    // Of a contender's turn: it and its load are started and stopped.
    private const double StartSeconds = 0.5;
    private const double OpeningSeconds = 0.0002;
    private const double SecureOpeningSeconds = 0.001;

    /// <summary>About how many seconds they take.</summary>
    public static double SecondsOf(IEnumerable<Scenario> scenarios, BenchOptions options) => scenarios.Sum(scenario =>
        scenario.Contenders.Sum(contender => TurnSeconds(contender, options)) * (options.Rounds + (scenario.IsHalfLoad ? 1 : 0)));

    public async Task<ScenarioResult> RunAsync(Scenario scenario)
    {
        List<Outcome> outcomes = [.. scenario.Contenders.Select(contender => new Outcome(contender))];
        double rate = 0;
        if (scenario.IsHalfLoad)
        {
            await RunRoundAsync(outcomes, rate: 0, $"{scenario.Name}, full load first");
            rate = Math.Round(outcomes.Min(outcome => outcome.Rounds.Count == 0 ? double.MaxValue : outcome.PerSecond) / 2);
            foreach (Outcome outcome in outcomes) outcome.Rounds.Clear();
        }

        for (int round = 1; round <= options.Rounds; round++)
        {
            await RunRoundAsync(outcomes, rate, $"{scenario.Name}, round {round} of {options.Rounds}");
        }

        return new ScenarioResult(scenario, outcomes);
    }

    private static double TurnSeconds(Contender contender, BenchOptions options) => options.WarmupSeconds + options.Seconds + StartSeconds
        + (contender.Workload.Idle * (contender.Workload.IsSecure ? SecureOpeningSeconds : OpeningSeconds));

    private async Task RunRoundAsync(List<Outcome> outcomes, double rate, string name)
    {
        foreach (Outcome outcome in outcomes)
        {
            progress?.Begin($"{name}, {outcome.Contender.Name}", TurnSeconds(outcome.Contender, options));
            if (outcome.Fault is not null) continue;
            try
            {
                outcome.Rounds.Add(await RunAsync(outcome.Contender.Server, outcome.Contender.Workload with { Rate = rate }));
            }
            catch (BenchException exception)
            {
                outcome.Fault = exception.Message;
            }
        }
    }

    private async Task<LoadReport> RunAsync(BenchServer server, Workload workload)
    {
        // With only two cores, a second loop must share the load's core.
        int[] cores = workload.Loops == 1 ? [options.ServerCore] : [options.ServerCore, options.LoadCore];
        int port = LoopbackPort.Free();
        using BenchedServer process = await BenchedServer.StartAsync(server.Launch(workload, port), port, cores);
        LoadReport report = await process.DuringAsync(load.RunAsync(workload, port, process.Id));
        // At a given rate, a server may be mostly idle.
        if (workload.Rate == 0 && report.IsOfAnotherProcess())
        {
            throw new BenchException(
                "It answered, and hardly ran: another process did the work. The command must itself be the server (exec, in a script).");
        }

        return report;
    }
}
