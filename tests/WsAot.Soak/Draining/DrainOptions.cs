namespace WsAot.Soak.Draining;

/// <summary>What a drain run is told.</summary>
internal sealed record DrainOptions
{
    public required string Server { get; init; }

    /// <summary>Idle connections, all of this process: its descriptor limit bounds them, as the server's does.</summary>
    public int Connections { get; init; } = 19_000;

    /// <summary>How often the server pings; so long is a round of pings waited for.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a 99th percentile of echoes above <see cref="MaxEchoMs"/> is a fault: not on a machine with other work.</summary>
    public bool ChecksLatency { get; init; } = true;

    public const double MaxEchoMs = 20;
}
