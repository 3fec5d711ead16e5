namespace WsAot.Soak.SlowReading;

/// <summary>What a run with slow readers is told.</summary>
internal sealed record SlowReadingOptions
{
    public required string Server { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(3);

    public string Transport { get; init; } = "auto";

    /// <summary>Whether the server is asked over TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>For the report.</summary>
    public string Wire => $"transport {Transport}{(UsesTls ? ", over TLS" : "")}";

    /// <summary>The server's <c>--ping-interval-ms</c>.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The server's <c>--pong-timeout-ms</c>.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the readers read in a second, on each route; beside them there is one that reads nothing.</summary>
    public IReadOnlyList<int> BytesPerSecond { get; init; } = [1000, 8000, 25_000];

    /// <summary>
    /// How long a peer that takes nothing may stay: the times that the options say, and what the kernel and the server take for it before
    /// they are full.
    /// </summary>
    public TimeSpan MaxStall => PingInterval + PongTimeout + TimeSpan.FromSeconds(15);
}
