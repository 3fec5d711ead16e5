using WsAot.Bench.Reporting;
using WsAot.Bench.Running;
using WsAot.Bench.Servers;
using WsAot.Bench.Tests.Running;

namespace WsAot.Bench.Tests.Reporting;

public sealed class ResultTextTests
{
    private static readonly Scenario s_scenario = new Scenarios([]).All().First(scenario => scenario.Name == Scenarios.EchoName(64, 1, "binary"));

    [Fact]
    public void A_scenario_is_a_table_with_what_failed_below()
    {
        ScenarioResult result = new(s_scenario,
        [
            new Outcome("limit", [Reports.Of(5), Reports.Of(6), Reports.Of(7)], null),
            new Outcome(WsAotServer.EpollName, [Reports.Of(5), Reports.Of(6.6), Reports.Of(8)], null),
            new Outcome("kestrel", [], "The server ended a connection."),
        ]);
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
    public void A_verdict_is_met_at_its_limit_and_missed_beyond()
    {
        Assert.True(new Verdict("", 1.08, 1.08).IsMet);
        Assert.False(new Verdict("", 1.08, 1.09).IsMet);
        Assert.Null(new Verdict("", null, 1.09).IsMet);
    }

    [Fact]
    public void Only_what_was_measured_gets_a_verdict()
    {
        ScenarioResult result = new(s_scenario, [new Outcome("limit", [Reports.Of(10)], null), new Outcome(WsAotServer.EpollName, [Reports.Of(11)], null)]);
        Verdict verdict = Assert.Single(Verdicts.Of([result], []));
        Assert.Equal((1.08, 1.1, false), (verdict.Limit, verdict.Measured, verdict.IsMet));
    }

    [Fact]
    public void Every_verdict_is_about_a_scenario_that_there_is()
    {
        // With everything measured, each row that is to be reached has a figure: no name is misspelt.
        ScenarioResult[] results =
            [.. new Scenarios([]).All().Select(scenario => new ScenarioResult(scenario, [.. scenario.Contenders.Select(contender => new Outcome(contender.Name, [Reports.Of(1)], null))]))];
        Assert.Equal(26, Verdicts.Of(results, [new StartResult(WsAotServer.EpollName, 5, 5e6, 3_300_000)]).Count);
    }
}
