using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>The scenarios and servers to measure.</summary>
internal sealed record Plan(IReadOnlyList<Scenario> Scenarios, IReadOnlyList<BenchServer> Started)
{
    public bool IsEmpty => Scenarios.Count == 0 && Started.Count == 0;

    /// <param name="isTaken">
    /// The scenarios of the command, of which <paramref name="only"/> leaves some; the start of servers is one of them.
    /// </param>
    /// <exception cref="FormatException">It leaves nothing; the message lists all names.</exception>
    public static Plan Of(Scenarios all, Func<string, bool> isTaken, Selection only)
    {
        Scenario[] scenarios = [.. all.All().Where(scenario => isTaken(scenario.Name))];
        BenchServer[] started = isTaken(StartComparison.Name) ? [.. all.Started] : [];
        Plan plan = new(
            Left(scenarios, (scenario, contender) => only.Takes(scenario.Name, contender.Name)),
            [.. started.Where(server => only.Takes(StartComparison.Name, server.Name))]);
        if (!plan.IsEmpty) return plan;

        IEnumerable<string> names = scenarios.Select(scenario => Line(
            scenario.Name, scenario.Contenders.Select(contender => contender.Name)));
        if (started.Length > 0) names = names.Append(Line(StartComparison.Name, started.Select(server => server.Name)));
        throw only.Nothing(names);
    }

    /// <summary>Without the servers that this machine cannot run.</summary>
    public async Task<Plan> ReadyAsync(Func<BenchServer, Task<bool>> isReady)
    {
        HashSet<BenchServer> ready = [];
        foreach (BenchServer server in Scenarios.SelectMany(scenario => scenario.Contenders)
            .Select(contender => contender.Server)
            .Concat(Started)
            .Distinct())
        {
            if (await isReady(server)) ready.Add(server);
        }

        return new Plan(Left(Scenarios, (_, contender) => ready.Contains(contender.Server)), [.. Started.Where(ready.Contains)]);
    }

    private static Scenario[] Left(IEnumerable<Scenario> scenarios, Func<Scenario, Contender, bool> isLeft) =>
    [
        .. scenarios
            .Select(scenario => scenario with { Contenders = [.. scenario.Contenders.Where(contender => isLeft(scenario, contender))] })
            .Where(scenario => scenario.Contenders.Count > 0),
    ];

    private static string Line(string scenario, IEnumerable<string> servers) => $"{scenario} / {string.Join(" | ", servers)}";
}
