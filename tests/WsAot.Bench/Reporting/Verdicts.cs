using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Reporting;

/// <summary>The targets, and what was reached. Allocations are not here, because they are exact: tests check them.</summary>
internal static class Verdicts
{
    private const string Ours = WsAotServer.EpollName;
    private const string Small = WsAotWithoutJsonRpc.ServerName;
    private const string Limit = LimitServer.ServerName;

    /// <returns>The targets for which both sides were measured.</returns>
    public static IReadOnlyList<Verdict> Of(IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts) =>
        [.. All(results, starts).Where(verdict => !double.IsNaN(verdict.Measured))];

    /// <summary>All targets; NaN for a figure that was not measured.</summary>
    internal static IEnumerable<Verdict> All(IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts)
    {
        foreach ((int bytes, int depth, string kind, double most) in EchoTargets)
        {
            string name = Scenarios.EchoName(bytes, depth, kind);
            yield return OfRatio($"{name}: CPU / {Limit}", most, name, Ours, Limit);
        }

        foreach ((int depth, double most) in new[] { (1, 0.45), (16, 0.30) })
        {
            string name = Scenarios.EchoName(64, depth, "binary");
            yield return OfRatio($"{name}: CPU / kestrel", most, name, Ours, "kestrel");
        }

        yield return OfRatio($"{Scenarios.FanOut}: CPU / {Limit}", 1.15, Scenarios.FanOut, Ours, Limit);
        yield return OfRatio($"{Scenarios.Compressed}: CPU / ws", 0.35, Scenarios.Compressed, Ours, "ws");
        yield return OfRatio($"{Scenarios.BesideIdle}: CPU / without", 1.05, Scenarios.BesideIdle, Scenarios.BesideIdleContender, Ours);
        yield return OfRatio($"{Scenarios.TwoLoops}: CPU / one loop", null, Scenarios.TwoLoops, Scenarios.TwoLoopsContender, Ours);
        yield return new Verdict(
            $"{Scenarios.TwoLoops}: messages/s / one loop",
            null,
            Throughput(Scenarios.TwoLoopsContender) / Throughput(Ours),
            Rounds(Scenarios.TwoLoops, Scenarios.TwoLoopsContender, Ours));
        yield return OfRatio($"{Scenarios.HalfLoad}: p99 / {Limit}", 1.5, Scenarios.HalfLoad, Ours, Limit);
        yield return new Verdict(
            $"{Scenarios.IdleMemory}: resident bytes each",
            512,
            Result(Scenarios.IdleMemory)?.Find(Ours)?.Value(Metric.ResidentPerConnection) ?? double.NaN,
            Rounds(Scenarios.IdleMemory, Ours));
        foreach ((int depth, string server) in new[] { (1, Limit), (16, Limit), (1, "ws"), (16, "ws") })
        {
            yield return OfRatio($"{Scenarios.CallName(depth)}: CPU / {server}", null, Scenarios.CallName(depth), Ours, server);
        }

        foreach (Verdict verdict in TlsVerdicts.All(results, starts)) yield return verdict;
        // The targets are for the file without JSON-RPC; for what JSON-RPC adds, the size is only stated.
        yield return new Verdict("start without JSON-RPC: ms to listening", 10, Start(Small, start => start.Milliseconds), Starts(Small));
        yield return new Verdict(
            "start without JSON-RPC: resident MB", 10, Start(Small, start => start.ResidentBytes / 1e6), Starts(Small));
        yield return new Verdict("start without JSON-RPC: file MB", 3.5, Start(Small, start => start.FileBytes / 1e6 ?? double.NaN), null);
        yield return new Verdict("start: file MB, all of it", null, Start(Ours, start => start.FileBytes / 1e6 ?? double.NaN), null);

        ScenarioResult? Result(string scenario) => results.FirstOrDefault(result => result.Scenario.Name == scenario);
        Verdict OfRatio(string name, double? most, string scenario, string contender, string to) =>
            new(name, most, Result(scenario)?.Ratio(contender, to) ?? double.NaN, Rounds(scenario, contender, to));
        int Rounds(string scenario, params string[] contenders) =>
            contenders.Min(contender => Result(scenario)?.Find(contender)?.Rounds.Count ?? 0);
        double Throughput(string contender) => Result(Scenarios.TwoLoops)?.Find(contender)?.PerSecond ?? double.NaN;
        StartResult? Started(string server) => starts.FirstOrDefault(start => start.Server == server && start.Starts > 0);
        double Start(string server, Func<StartResult, double> figure) => Started(server) is { } start ? figure(start) : double.NaN;
        int Starts(string server) => Started(server)?.Starts ?? 0;
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
