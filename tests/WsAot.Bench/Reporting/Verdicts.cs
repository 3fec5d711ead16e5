using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Reporting;

/// <summary>What is to be reached, and what was. Allocations are not here: they are exact, so the tests have them.</summary>
internal static class Verdicts
{
    private const string Ours = WsAotServer.EpollName;
    private const string Small = WsAotWithoutJsonRpc.ServerName;
    private const string Limit = "limit";

    /// <returns>Those for which both sides were measured.</returns>
    public static IReadOnlyList<Verdict> Of(IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts) =>
        [.. All(results, starts).Where(verdict => !double.IsNaN(verdict.Measured))];

    private static IEnumerable<Verdict> All(IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts)
    {
        foreach ((int bytes, int depth, string kind, double most) in EchoTargets)
        {
            string name = Scenarios.EchoName(bytes, depth, kind);
            yield return new Verdict($"{name}: CPU / {Limit}", most, Ratio(name, Ours, Limit));
        }

        foreach ((int depth, double most) in new[] { (1, 0.45), (16, 0.30) })
        {
            string name = Scenarios.EchoName(64, depth, "binary");
            yield return new Verdict($"{name}: CPU / kestrel", most, Ratio(name, Ours, "kestrel"));
        }

        yield return new Verdict($"{Scenarios.FanOut}: CPU / {Limit}", 1.15, Ratio(Scenarios.FanOut, Ours, Limit));
        yield return new Verdict($"{Scenarios.Compressed}: CPU / ws", 0.35, Ratio(Scenarios.Compressed, Ours, "ws"));
        yield return new Verdict($"{Scenarios.BesideIdle}: CPU / without", 1.05, Ratio(Scenarios.BesideIdle, Scenarios.BesideIdleContender, Ours));
        yield return new Verdict($"{Scenarios.TwoLoops}: CPU / one loop", null, Ratio(Scenarios.TwoLoops, Scenarios.TwoLoopsContender, Ours));
        yield return new Verdict($"{Scenarios.TwoLoops}: messages/s / one loop", null, Throughput(Scenarios.TwoLoopsContender) / Throughput(Ours));
        yield return new Verdict($"{Scenarios.HalfLoad}: p99 / {Limit}", 1.5, Ratio(Scenarios.HalfLoad, Ours, Limit));
        yield return new Verdict($"{Scenarios.IdleMemory}: resident bytes each", 512, Result(Scenarios.IdleMemory)?.Find(Ours)?.Value(Metric.ResidentPerConnection) ?? double.NaN);
        foreach ((int depth, string server) in new[] { (1, Limit), (16, Limit), (1, "ws"), (16, "ws") })
            yield return new Verdict($"{Scenarios.CallName(depth)}: CPU / {server}", null, Ratio(Scenarios.CallName(depth), Ours, server));
        // The targets are for what all pay; what JSON-RPC adds to the file is stated.
        yield return new Verdict("start without JSON-RPC: ms to listening", 10, Start(Small, start => start.Milliseconds));
        yield return new Verdict("start without JSON-RPC: resident MB", 10, Start(Small, start => start.ResidentBytes / 1e6));
        yield return new Verdict("start without JSON-RPC: file MB", 3.5, Start(Small, start => start.FileBytes / 1e6 ?? double.NaN));
        yield return new Verdict("start: file MB, all of it", null, Start(Ours, start => start.FileBytes / 1e6 ?? double.NaN));

        ScenarioResult? Result(string scenario) => results.FirstOrDefault(result => result.Scenario.Name == scenario);
        double Ratio(string scenario, string contender, string to) => Result(scenario)?.Ratio(contender, to) ?? double.NaN;
        double Throughput(string contender) => Result(Scenarios.TwoLoops)?.Find(contender)?.PerSecond ?? double.NaN;
        double Start(string server, Func<StartResult, double> figure) => starts.Where(start => start.Server == server).Select(figure).FirstOrDefault(double.NaN);
    }

    private static IEnumerable<(int Bytes, int Depth, string Kind, double Most)> EchoTargets =>
    [
        (64, 1, "binary", 1.08), (1024, 1, "binary", 1.08), (16 * 1024, 1, "binary", 1.12), (256 * 1024, 1, "binary", 1.25),
        (64, 1, "text", 1.10), (1024, 1, "text", 1.10), (16 * 1024, 1, "text", 1.18), (256 * 1024, 1, "text", 1.35),
        (1024, 1, "ascii", 1.10), (16 * 1024, 1, "ascii", 1.18), (256 * 1024, 1, "ascii", 1.35),
        (64, 16, "binary", 1.15), (1024, 16, "binary", 1.15), (16 * 1024, 16, "binary", 1.15),
        (64, 16, "text", 1.25), (1024, 16, "text", 1.25), (16 * 1024, 16, "text", 1.25),
        (64, 16, "ascii", 1.25), (1024, 16, "ascii", 1.25), (16 * 1024, 16, "ascii", 1.25),
    ];
}
