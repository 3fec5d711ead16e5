namespace WsAot.Soak.Abusing;

/// <summary>What an abuse run is told.</summary>
internal sealed record AbuseOptions
{
    public required string Server { get; init; }

    /// <summary>Connections of each kind.</summary>
    public int Connections { get; init; } = 1000;

    public string Transport { get; init; } = "auto";

    /// <summary>Whether the server is asked over TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>For the report.</summary>
    public string Wire => $"transport {Transport}{(UsesTls ? ", over TLS" : "")}";

    public string Compression { get; init; } = "none";

    /// <summary>How long each kind is held, once its connections are there.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Names of the kinds that are wanted, or parts of them; none: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether the kinds come all at once too, after they came one by one.</summary>
    public bool Together { get; init; } = true;

    /// <summary>
    /// Whether an honest client whose 99th percentile is above <see cref="MaxHonestMs"/> is a fault: not on a machine that has other work.
    /// </summary>
    public bool ChecksLatency { get; init; } = true;

    public const double MaxHonestMs = 100;

    /// <summary>
    /// What a server may hold besides its connections: pools, the receive buffers of the loops, garbage that was not collected yet.
    /// </summary>
    public const long BaseBytes = 96 * 1024 * 1024;

    /// <summary>What it need not have given back 30 s after the end of a kind, above what it held before the first.</summary>
    public const long MaxKeptBytes = 16 * 1024 * 1024;
}
