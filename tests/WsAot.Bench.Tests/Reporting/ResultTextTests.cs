using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;
using WsAot.Bench.Tests.Running;

namespace WsAot.Bench.Tests.Reporting;

public sealed class ResultTextTests
{
    private static readonly Scenario s_scenario = new Scenarios([])
        .All()
        .First(scenario => scenario.Name == Scenarios.EchoName(64, 1, "binary"));

    [Fact]
    public void A_scenario_is_a_table_with_what_failed_below()
    {
        ScenarioResult result = Result(s_scenario, ("limit", [5, 6, 7]), (WsAotServer.EpollName, [5, 6.6, 8]), ("kestrel", []));
        result.Outcomes[^1].Fault = "The server ended a connection.";
        string expected =
            """
            64 B, 1 in flight, binary (50 connections)
              server       CPU us  CPU / limit  messages/s  p50 us  p99 us  p99.9 us  resident MiB  server %  load %  others %
              limit          6.00         1.00         500    50.0    99.0       999           2.0         0      50         5
              wsaot epoll    6.60         1.10         500    50.0    99.0       999           2.0         0      50         5
              kestrel failed: The server ended a connection.

            """;
        Assert.Equal(expected, ResultText.Of(result));
    }

    [Fact]
    public void Without_the_one_to_divide_by_there_is_no_ratio()
    {
        Scenario alone = s_scenario with
        {
            Contenders = [.. s_scenario.Contenders.Where(contender => contender.Name == WsAotServer.EpollName)],
        };
        string line = ResultText.Of(Result(alone, (WsAotServer.EpollName, [5]))).Split('\n')[2];
        Assert.StartsWith("  wsaot epoll    5.00            -  ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_failed_is_told_below_those_that_did_not()
    {
        StartResult[] starts =
        [
            new("limit", 1, 1024 * 1024, null, 4),
            new("kestrel", double.NaN, double.NaN, null, 0, "no such file"),
            new("ws", 50, 2 * 1024 * 1024, null, 3, "it ended with 1"),
        ];
        string expected =
            """
            start
              server  ms to listening  resident MiB  file MB
              limit              1.00           1.0        -
              ws                 50.0           2.0        -
              kestrel failed: no such file
              ws failed: it ended with 1

            """;
        Assert.Equal(expected, ResultText.Of(starts));
    }

    [Fact]
    public void A_verdict_is_met_at_its_limit_and_missed_beyond()
    {
        Assert.True(new Verdict("", 1.08, 1.08, 5).IsMet);
        Assert.False(new Verdict("", 1.08, 1.09, 5).IsMet);
        Assert.Null(new Verdict("", null, 1.09, 5).IsMet);
    }

    [Fact]
    public void Only_what_was_measured_gets_a_verdict()
    {
        Verdict verdict = Assert.Single(Verdicts.Of([Result(s_scenario, ("limit", [10]), (WsAotServer.EpollName, [11]))], []));
        Assert.Equal((1.08, 1.1, false), (verdict.Limit, verdict.Measured, verdict.IsMet));
    }

    [Fact]
    public void A_verdict_says_how_many_rounds_it_is_of()
    {
        // Kestrel failed in the second round. The size of the file does not depend on the number of starts.
        ScenarioResult result = Result(s_scenario, ("limit", [10, 10, 10]), (WsAotServer.EpollName, [11, 11, 11]), ("kestrel", [44]));
        StartResult[] starts =
            [new(WsAotServer.EpollName, 20, 20e6, 4_300_000, 12), new(WsAotWithoutJsonRpc.ServerName, 5, 5e6, 3_300_000, 12)];
        string expected =
            """
            verdict
              where to get to                            at most  measured  rounds
              64 B, 1 in flight, binary: CPU / limit        1.08      1.10       3  MISSED
              64 B, 1 in flight, binary: CPU / kestrel     0.450     0.250       1     met
              start without JSON-RPC: ms to listening       10.0      5.00      12     met
              start without JSON-RPC: resident MB           10.0      5.00      12     met
              start without JSON-RPC: file MB               3.50      3.30       -     met
              start: file MB, all of it                 state it      4.30       -
              managed allocations for a message: exact, so tests/WsAot.Tests/AllocationTests.cs has them

            """;
        Assert.Equal(expected, ResultText.Of(Verdicts.Of([result], starts)));
    }

    [Fact]
    public void A_server_that_never_started_gets_no_verdict() =>
        Assert.Empty(Verdicts.Of([], [new(WsAotWithoutJsonRpc.ServerName, double.NaN, double.NaN, 3_300_000, 0, "It ended.")]));

    [Fact]
    public void Every_verdict_is_about_a_scenario_that_there_is()
    {
        // If everything is measured, each target has a figure, so no name is misspelt. And each scenario has a row.
        Scenario[] scenarios = [.. new Scenarios([]).All()];
        IEnumerable<ScenarioResult> results = scenarios
            .Select(scenario => Result(scenario, [.. scenario.Contenders.Select(contender => (contender.Name, new double[] { 1 }))]));
        StartResult[] starts =
        [
            new(WsAotServer.EpollName, 5, 5e6, 4_300_000, 20),
            new(WsAotTlsServer.ServerName, 15, 9e6, 4_300_000, 20),
            new(WsAotWithoutJsonRpc.ServerName, 5, 5e6, 3_300_000, 20),
        ];
        IReadOnlyList<Verdict> verdicts = Verdicts.Of([.. results], starts);
        Assert.Equal(Verdicts.All([.. results], starts).Select(verdict => verdict.Name), verdicts.Select(verdict => verdict.Name));
        Assert.All(
            scenarios,
            scenario => Assert.Contains(verdicts, verdict => verdict.Name.StartsWith($"{scenario.Name}:", StringComparison.Ordinal)));
        Assert.All(verdicts, verdict => Assert.NotEqual(0, verdict.Rounds));
    }

    [Fact]
    public void What_TLS_adds_to_a_start_is_judged()
    {
        StartResult[] starts = [new(WsAotServer.EpollName, 6, 5e6, null, 20), new(WsAotTlsServer.ServerName, 22, 9e6, null, 12)];
        Verdict verdict = Assert.Single(Verdicts.Of([], starts));
        Assert.Equal((15, 16, 12, false), (verdict.Limit, verdict.Measured, verdict.Rounds, verdict.IsMet));
    }

    [Fact]
    public void The_file_without_JSON_RPC_is_judged_and_the_size_of_the_other_is_stated()
    {
        StartResult[] starts =
            [new(WsAotServer.EpollName, 20, 20e6, 4_300_000, 20), new(WsAotWithoutJsonRpc.ServerName, 5, 5e6, 3_300_000, 20)];
        IReadOnlyList<Verdict> verdicts = Verdicts.Of([], starts);
        Assert.Equal([true, true, true, null], verdicts.Select(verdict => verdict.IsMet));
        Assert.Equal([5, 5, 3.3, 4.3], verdicts.Select(verdict => verdict.Measured));
    }

    internal static ScenarioResult Result(
        Scenario scenario, params (string Contender, double[] CpuMicroseconds)[] outcomes) => new(scenario,
    [
        .. outcomes.Select(given =>
        {
            Outcome outcome = new(scenario.Contenders.Single(contender => contender.Name == given.Contender));
            outcome.Rounds.AddRange(given.CpuMicroseconds.Select(Reports.Of));
            return outcome;
        }),
    ]);
}
