using WsAot.Bench.Running;
using WsAot.Bench.Servers;

namespace WsAot.Bench.Reporting;

/// <summary>The targets over TLS, and what was reached.</summary>
internal static class TlsVerdicts
{
    private const string Ours = WsAotServer.EpollName;
    private const string Limit = TlsLimitServer.ServerName;

    /// <summary>All targets; NaN for a figure that was not measured.</summary>
    public static IEnumerable<Verdict> All(IReadOnlyList<ScenarioResult> results, IReadOnlyList<StartResult> starts)
    {
        foreach ((int bytes, int depth, double most) in new[] { (64, 1, 1.08), (16 * 1024, 1, 1.08), (64, 16, 1.15), (4096, 16, 1.15) })
        {
            yield return OfRatio(TlsScenarios.EchoName(bytes, depth), $"CPU / {Limit}", most, Ours, Limit);
        }

        yield return OfRatio(TlsScenarios.EchoName(64, 1), "CPU / without TLS", 1.7, Ours, TlsScenarios.PlainContender);
        yield return OfRatio(TlsScenarios.Handshakes, $"full, CPU / {Limit}", 1.1, Ours, Limit);
        yield return OfRatio(
            TlsScenarios.Handshakes, $"resumed, CPU / {Limit}", 1.1, TlsScenarios.Resumed(Ours), TlsScenarios.Resumed(Limit));
        yield return OfRatio(TlsScenarios.Handshakes, "resumed, CPU / full", 0.35, TlsScenarios.Resumed(Ours), Ours);
        yield return new Verdict(
            $"{TlsScenarios.IdleMemory}: resident bytes each",
            15 * 1024,
            Result(TlsScenarios.IdleMemory)?.Find(Ours)?.Value(Metric.ResidentPerConnection) ?? double.NaN,
            Rounds(TlsScenarios.IdleMemory, Ours));
        yield return new Verdict(
            "start with TLS: ms to listening, beyond those without",
            15,
            Milliseconds(WsAotTlsServer.ServerName) - Milliseconds(Ours),
            Math.Min(Started(WsAotTlsServer.ServerName)?.Starts ?? 0, Started(Ours)?.Starts ?? 0));

        ScenarioResult? Result(string scenario) => results.FirstOrDefault(result => result.Scenario.Name == scenario);
        Verdict OfRatio(string scenario, string name, double most, string contender, string to) =>
            new($"{scenario}: {name}", most, Result(scenario)?.Ratio(contender, to) ?? double.NaN, Rounds(scenario, contender, to));
        int Rounds(string scenario, params string[] contenders) =>
            contenders.Min(contender => Result(scenario)?.Find(contender)?.Rounds.Count ?? 0);
        StartResult? Started(string server) => starts.FirstOrDefault(start => start.Server == server && start.Starts > 0);
        double Milliseconds(string server) => Started(server)?.Milliseconds ?? double.NaN;
    }
}
