namespace WsAot.Soak.SlowReading;

/// <summary>The options of a run with slow readers.</summary>
internal sealed record SlowReadingOptions
{
    public required string Server { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(3);

    public string Transport { get; init; } = "auto";

    /// <summary>Whether to use TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>For the report.</summary>
    public string Wire => $"transport {Transport}{(UsesTls ? ", over TLS" : "")}";

    /// <summary>The server's <c>--ping-interval-ms</c>.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The server's <c>--pong-timeout-ms</c>.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The rates of the readers on each route, in bytes a second. One more reader reads nothing.</summary>
    public IReadOnlyList<int> BytesPerSecond { get; init; } = [1000, 8000, 25_000];

    /// <summary>
    /// How long a peer that takes nothing may stay connected: the time that the options allow, and the time until the buffers of the kernel
    /// and the server are full.
    /// </summary>
    public TimeSpan MaxStall => PingInterval + PongTimeout + TimeSpan.FromSeconds(15);
}
