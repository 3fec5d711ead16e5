using WsAot.Bench.Running;
using WsAot.Bench.Servers;

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
        Assert.All(
            calls,
            scenario => Assert.Equal(
                ["limit", "wsaot epoll", "wsaot sockets", "ws"], scenario.Contenders.Select(contender => contender.Name)));
        Assert.All(calls, scenario => Assert.All(scenario.Contenders, contender => Assert.Contains("/rpc", contender.Workload.Arguments)));
    }

    [Fact]
    public void Peers_echo_and_rest()
    {
        // All echo servers can be compared. A peer has no JSON-RPC, topics, compression or loops.
        string[] wanted =
        [
            .. Echoes("binary", 1, 64, 1024, 16 * 1024, 256 * 1024),
            .. Echoes("text", 1, 64, 1024, 16 * 1024, 256 * 1024),
            .. Echoes("ascii", 1, 1024, 16 * 1024, 256 * 1024),
            .. Echoes("binary", 16, 64, 1024, 16 * 1024),
            .. Echoes("text", 16, 64, 1024, 16 * 1024),
            .. Echoes("ascii", 16, 64, 1024, 16 * 1024),
            Scenarios.HalfLoad,
            Scenarios.IdleMemory,
        ];
        Assert.Equal(
            wanted,
            s_all.Where(scenario => scenario.Contenders.Any(contender => contender.Name == "peer")).Select(scenario => scenario.Name));
    }

    [Fact]
    public void Peers_with_a_place_for_the_certificate_are_measured_over_TLS_alone()
    {
        Scenario[] all = [.. new Scenarios([("peer", "peer {port} {certificate} {key}")]).All()];
        Scenario[] theirs = [.. all.Where(scenario => scenario.Contenders.Any(contender => contender.Name == "peer"))];
        Assert.Equal(all.Where(scenario => scenario.Baseline == TlsLimitServer.ServerName), theirs);
        Assert.All(
            theirs,
            scenario => Assert.All(
                scenario.Contenders.Where(contender => contender.Server is PeerServer),
                contender => Assert.True(contender.Workload.IsSecure)));
    }

    [Fact]
    public void Handshakes_are_full_and_resumed_and_send_no_message()
    {
        Scenario scenario = Assert.Single(s_all, scenario => scenario.Name == TlsScenarios.Handshakes);
        Assert.Equal(
            [
                ("TLS limit", "full"), ("wsaot epoll", "full"), ("TLS limit, resumed", "resumed"), ("wsaot epoll, resumed", "resumed"),
            ],
            scenario.Contenders.Select(contender => (contender.Name, contender.Workload.Handshakes)));
        Assert.All(
            scenario.Contenders,
            contender => Assert.Equal((0, true), (contender.Workload.Connections, contender.Workload.IsSecure)));
    }

    private static IEnumerable<string> Echoes(string kind, int depth, params int[] sizes) =>
        sizes.Select(bytes => Scenarios.EchoName(bytes, depth, kind));
}
