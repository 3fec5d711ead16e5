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
    public void Peers_echo_and_rest()
    {
        Assert.Equal(16, s_all.Count(scenario => scenario.Contenders.Any(contender => contender.Name == "peer")));
    }
}
