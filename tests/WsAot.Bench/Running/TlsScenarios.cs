using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>The scenarios over TLS: 1.3 with AES-128-GCM, X25519, and an EC P-256 certificate.</summary>
internal sealed class TlsScenarios(WsAotServer plain, IReadOnlyList<BenchServer> peers)
{
    public const int IdleConnections = 5_000;
    public const string IdleMemory = "idle connections, TLS";
    public const string Handshakes = "TLS handshake";

    /// <summary>The same messages without TLS, in the same rounds.</summary>
    public const string PlainContender = $"{WsAotServer.EpollName}, ws";

    private readonly TlsLimitServer _limit = new();

    /// <summary>Our server, whose start is compared with that of the same file without TLS.</summary>
    public WsAotTlsServer Server { get; } = new(plain);

    public IEnumerable<Scenario> All()
    {
        yield return Echo(64, 1, new Contender(PlainContender, plain, new Workload()));
        yield return Echo(16 * 1024, 1);
        yield return Echo(64, 16);
        yield return Echo(4096, 16);
        yield return OfHandshakes();
        yield return OfIdleMemory();
    }

    public static string EchoName(int bytes, int depth) => $"{Scenarios.EchoName(bytes, depth, "binary")}, TLS";

    public static string Resumed(string contender) => $"{contender}, resumed";

    private Scenario Echo(int bytes, int depth, params Contender[] more) => new(
        EchoName(bytes, depth),
        Metric.CpuPerMessage,
        "50 connections; what is sent at once is one record, up to 16 KiB",
        [.. Each(new Workload { Bytes = bytes, Depth = depth, IsSecure = true }), .. more])
    {
        IsEcho = true,
    };

    private Scenario OfHandshakes()
    {
        Workload full = new() { Connections = 0, IsSecure = true, Handshakes = "full" };
        return new Scenario(
            Handshakes,
            Metric.CpuPerMessage,
            "a message is a connection: it is opened, shakes hands, and ends; one after the other",
            [
                .. Each(full),
                .. Each(full with { Handshakes = "resumed" })
                    .Select(contender => contender with { Name = Resumed(contender.Name) }),
            ]);
    }

    private Scenario OfIdleMemory() => new(
        IdleMemory,
        Metric.ResidentPerConnection,
        "5,000 connections, opened one after the other; each echoes 64 B once before the next",
        Each(new Workload { Connections = 0, Idle = IdleConnections, IsSecure = true }));

    // Use the name without TLS, because `profile` looks for that.
    private Contender[] Each(Workload workload) =>
    [
        new Contender(_limit, workload),
        new Contender(WsAotServer.EpollName, Server, workload),
        .. peers.Select(peer => new Contender(peer, workload)),
    ];
}
