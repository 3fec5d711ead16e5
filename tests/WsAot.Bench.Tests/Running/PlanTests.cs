using WsAot.Bench.Running;

namespace WsAot.Bench.Tests.Running;

public sealed class PlanTests
{
    private const string Start = "start / limit | wsaot epoll | wsaot epoll, wss | wsaot without JSON-RPC | kestrel | ws";

    private static readonly Scenarios s_scenarios = new([("peer", "peer {port}")]);

    [Fact]
    public void Only_leaves_scenarios_and_starts()
    {
        Plan plan = Plan.Of(s_scenarios, static _ => true, new Selection(["fan-out|start", "limit"]));
        Scenario scenario = Assert.Single(plan.Scenarios);
        Assert.Equal((Scenarios.FanOut, "limit"), (scenario.Name, Assert.Single(scenario.Contenders).Name));
        Assert.Equal("limit", Assert.Single(plan.Started).Name);
    }

    [Fact]
    public void Only_that_leaves_nothing_is_a_mistake_and_the_names_are_told()
    {
        FormatException exception = Assert.Throws<FormatException>(() => Plan.Of(
            s_scenarios, static _ => true, new Selection(["nomatch"])));
        Assert.StartsWith(
            "--only \"nomatch\" leaves nothing. There are:\n  64 B, 1 in flight, binary / limit | wsaot epoll | ",
            exception.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            $"\n  {Start}\n", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_are_those_of_the_command()
    {
        FormatException exception = Assert.Throws<FormatException>(() =>
            Plan.Of(s_scenarios, static name => name == StartComparison.Name, new Selection(["64 B"])));
        Assert.Equal(
            $"--only \"64 B\" leaves nothing. There are:\n  {Start}\n",
            exception.Message);
    }

    [Fact]
    public async Task Servers_that_cannot_run_are_left_out_and_the_baseline_stays()
    {
        Plan plan = await Plan.Of(s_scenarios, static _ => true, new Selection(["fan-out"])).ReadyAsync(static server => Task.FromResult(
            server.Name == "ws"));
        Scenario scenario = Assert.Single(plan.Scenarios);
        Assert.Equal(("limit", "ws"), (scenario.Baseline, Assert.Single(scenario.Contenders).Name));
        Assert.True((await plan.ReadyAsync(static _ => Task.FromResult(false))).IsEmpty);
    }
}
