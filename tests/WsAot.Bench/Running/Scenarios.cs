using WsAot.Bench.Servers;

namespace WsAot.Bench.Running;

/// <summary>All scenarios, in the order in which they are run.</summary>
internal sealed class Scenarios
{
    public const int IdleConnections = 10_000;
    public const string IdleMemory = "idle connections";
    public const string FanOut = "fan-out, 1 publisher to 1,000 subscribers";
    public const string Compressed = "compressed echo, 1 KiB of JSON";
    public const string BesideIdle = "64 B beside idle connections";
    public const string TwoLoops = "two loops, compressed echo";
    public const string Ascii = "ASCII text";
    public const string HalfLoad = "half load, 64 B";

    public static readonly string BesideIdleContender = $"{WsAotServer.EpollName} + idle";
    public static readonly string TwoLoopsContender = $"{WsAotServer.EpollName} x 2";

    private static readonly string[] s_kinds = ["binary", "text"];
    private static readonly Workload s_json = new() { Kind = "json", Bytes = 1024 };

    private readonly LimitServer _limit = new();
    private readonly WsAotServer _epoll = new("epoll");
    private readonly WsAotServer _sockets = new("sockets");
    private readonly WsAotWithoutJsonRpc _withoutJsonRpc = new();
    private readonly KestrelServer _kestrel = new();
    private readonly WsServer _ws = new();
    private readonly TlsScenarios _tls;
    private readonly BenchServer[] _peers;
    private readonly BenchServer[] _echoing;

    public Scenarios(IEnumerable<(string Name, string Command)> peers)
    {
        PeerServer[] all = [.. peers.Select(peer => new PeerServer(peer.Name, peer.Command))];
        _peers = [.. all.Where(peer => !peer.IsSecure)];
        _tls = new TlsScenarios(_epoll, [.. all.Where(peer => peer.IsSecure)]);
        _echoing = [_limit, _epoll, _sockets, _kestrel, _ws, .. _peers];
    }

    /// <summary>The servers whose start is compared: they print a line when they listen.</summary>
    public IReadOnlyList<BenchServer> Started => [_limit, _epoll, _tls.Server, _withoutJsonRpc, _kestrel, _ws];

    public IEnumerable<Scenario> All()
    {
        foreach (string kind in s_kinds)
        {
            foreach (int bytes in (int[])[64, 1024, 16 * 1024, 256 * 1024]) yield return Echo(bytes, 1, kind);
        }

        foreach (int bytes in (int[])[1024, 16 * 1024, 256 * 1024]) yield return Echo(bytes, 1, "ascii");
        foreach (string kind in (string[])[.. s_kinds, "ascii"])
        {
            foreach (int bytes in (int[])[64, 1024, 16 * 1024]) yield return Echo(bytes, 16, kind);
        }

        yield return OfCalls(1);
        yield return OfCalls(16);

        yield return OfFanOut();
        yield return OfCompression();
        yield return OfIdleBeside();
        yield return OfTwoLoops();
        yield return OfHalfLoad();
        yield return OfIdleMemory();
        foreach (Scenario scenario in _tls.All()) yield return scenario;
    }

    public static string EchoName(int bytes, int depth, string kind)
    {
        string size = bytes < 1024 ? $"{bytes} B" : $"{bytes / 1024} KiB";
        return $"{size}, {depth} in flight, {(kind == "ascii" ? Ascii : kind)}";
    }

    public static string CallName(int depth) => $"JSON-RPC call, int result, {depth} in flight";

    private Scenario Echo(int bytes, int depth, string kind) => new(
        EchoName(bytes, depth, kind),
        Metric.CpuPerMessage,
        "50 connections",
        Each(new Workload { Bytes = bytes, Depth = depth, Kind = kind }, _echoing))
    {
        IsEcho = true,
    };

    private Scenario OfCalls(int depth) => new(
        CallName(depth),
        Metric.CpuPerMessage,
        "50 connections; the sum of three numbers; ws by JSON.parse and JSON.stringify",
        Each(new Workload { Kind = "rpc", Depth = depth }, _limit, _epoll, _sockets, _ws));

    private Scenario OfFanOut() => new(
        FanOut,
        Metric.CpuPerMessage,
        "64 B of text; a message is a delivery; the next is published when all have heard the last",
        Each(new Workload { Kind = "text", Connections = 1, Subscribers = 1000 }, _limit, _epoll, _sockets, _ws));

    private Scenario OfCompression() => new(
        Compressed,
        Metric.CpuPerMessage,
        "permessage-deflate, no context takeover, threshold 256, level 1",
        Each(s_json, _ws, _epoll, _sockets));

    private Scenario OfIdleBeside() => new(
        BesideIdle,
        Metric.CpuPerMessage,
        "50 connections that echo, alone and with 10,000 beside them that have echoed once",
        new Contender(_epoll, new Workload()),
        new Contender(BesideIdleContender, _epoll, new Workload { Idle = IdleConnections }));

    private Scenario OfTwoLoops() => new(
        TwoLoops,
        Metric.CpuPerMessage,
        "the second loop shares its core with the load, so throughput cannot double: the load's own work has to be done there too",
        new Contender(_epoll, s_json),
        new Contender(TwoLoopsContender, _epoll, s_json with { Loops = 2 }));

    private Scenario OfHalfLoad() => new(
        HalfLoad,
        Metric.P99,
        "open loop at half of what the slowest of these reaches; latency from the time when a message was due",
        Each(new Workload(), [_limit, _epoll, .. _peers]))
    {
        IsHalfLoad = true,
    };

    private Scenario OfIdleMemory() => new(
        IdleMemory,
        Metric.ResidentPerConnection,
        "10,000 connections, opened one after the other; each echoes 64 B once before the next",
        Each(new Workload { Connections = 0, Idle = IdleConnections }, _echoing));

    private static Contender[] Each(Workload workload, params BenchServer[] servers) =>
        [.. servers.Select(server => new Contender(server, workload))];
}
