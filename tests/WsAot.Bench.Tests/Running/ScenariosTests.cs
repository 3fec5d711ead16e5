using WsAot.Bench.Running;

namespace WsAot.Bench.Tests.Running;

public sealed class ScenariosTests
{
    private static readonly Scenario[] s_all = [.. new Scenarios([("peer", "peer {port}")]).All()];

    [Fact]
    public void Names_are_unique_and_so_are_those_of_contenders()
    {
        Assert.Distinct(s_all.Select(scenario => scenario.Name));
        Assert.All(s_all, scenario => Assert.Distinct(scenario.Contenders.Select(contender => contender.Name)));
    }

    [Fact]
    public void Calls_are_for_those_who_speak_JSON_RPC_and_go_to_its_path()
    {
        Scenario[] calls = [.. s_all.Where(scenario => scenario.Contenders[0].Workload.IsRpc)];
        Assert.Equal([Scenarios.CallName(1), Scenarios.CallName(16)], calls.Select(scenario => scenario.Name));
        Assert.All(calls, scenario => Assert.Equal(["limit", "wsaot epoll", "wsaot sockets", "ws"], scenario.Contenders.Select(contender => contender.Name)));
        Assert.All(calls, scenario => Assert.All(scenario.Contenders, contender => Assert.Contains("/rpc", contender.Workload.Arguments)));
    }

    [Fact]
    public void Peers_echo_and_rest()
    {
        Assert.Equal(22, s_all.Count(scenario => scenario.Contenders.Any(contender => contender.Name == "peer")));
    }
}
