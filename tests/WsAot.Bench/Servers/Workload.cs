using System.Globalization;

namespace WsAot.Bench.Servers;

/// <summary>The work for a server.</summary>
internal sealed record Workload
{
    public int Bytes { get; init; } = 64;

    /// <summary>Messages in flight on each connection.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>
    /// <c>binary</c>; <c>text</c> with letters of several bytes, <c>ascii</c> without; <c>json</c>, compressed both ways; or <c>rpc</c>, a
    /// call, which has a length of its own.
    /// </summary>
    public string Kind { get; init; } = "binary";

    /// <summary>Connections that send.</summary>
    public int Connections { get; init; } = 50;

    /// <summary>Connections that receive published messages; 0: echo.</summary>
    public int Subscribers { get; init; }

    /// <summary>Connections that have echoed once and are then idle.</summary>
    public int Idle { get; init; }

    /// <summary>Messages a second; 0: as many as come back.</summary>
    public double Rate { get; init; }

    /// <summary>Event loops of the server, if it has that option; each has a core.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>Whether to use TLS.</summary>
    public bool IsSecure { get; init; }

    /// <summary>
    /// <c>none</c>: messages are measured; otherwise connections that end after their TLS handshake, which is <c>full</c> or
    /// <c>resumed</c>.
    /// </summary>
    public string Handshakes { get; init; } = "none";

    public string Scheme => IsSecure ? "wss" : "ws";

    public bool IsFanOut => Subscribers > 0;

    public bool IsCompressed => Kind == "json";

    public bool IsRpc => Kind == "rpc";

    /// <summary>The arguments for the load's command line.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "--scheme", Scheme,
        "--handshakes", Handshakes,
        "--path", IsFanOut ? "/chat/bench" : IsRpc ? "/rpc" : "/echo",
        "--bytes", Text(Bytes),
        "--depth", Text(Depth),
        "--kind", Kind,
        "--connections", Text(Connections),
        "--subscribers", Text(Subscribers),
        "--idle", Text(Idle),
        "--rate", Text(Rate),
    ];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
