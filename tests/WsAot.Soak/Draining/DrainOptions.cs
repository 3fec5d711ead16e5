namespace WsAot.Soak.Draining;

/// <summary>The options of a drain run.</summary>
internal sealed record DrainOptions
{
    public required string Server { get; init; }

    /// <summary>The number of idle connections. All are in this process, so its descriptor limit and the server's limit them.</summary>
    public int Connections { get; init; } = 19_000;

    /// <summary>How often the server pings, and how long to wait for a round of pings.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether it is a fault if the echoes' 99th percentile is above <see cref="MaxEchoMs"/>. Set to false on a machine with other work.
    /// </summary>
    public bool ChecksLatency { get; init; } = true;

    public const double MaxEchoMs = 20;
}
