namespace WsAot.Soak.Abusing;

/// <summary>The options of an abuse run.</summary>
internal sealed record AbuseOptions
{
    public required string Server { get; init; }

    /// <summary>Connections of each kind.</summary>
    public int Connections { get; init; } = 1000;

    public string Transport { get; init; } = "auto";

    /// <summary>Whether to use TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>For the report.</summary>
    public string Wire => $"transport {Transport}{(UsesTls ? ", over TLS" : "")}";

    public string Compression { get; init; } = "none";

    /// <summary>How long to hold each kind after its connections are open.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The names of the kinds to run, or parts of them; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether to run all kinds at once, too, after running them one by one.</summary>
    public bool Together { get; init; } = true;

    /// <summary>
    /// Whether it is a fault if the honest client's 99th percentile is above <see cref="MaxHonestMs"/>. Set to false on a machine with
    /// other work.
    /// </summary>
    public bool ChecksLatency { get; init; } = true;

    public const double MaxHonestMs = 100;

    /// <summary>
    /// The memory that a server may hold besides its connections: pools, the loops' receive buffers, uncollected garbage.
    /// </summary>
    public const long BaseBytes = 96 * 1024 * 1024;

    /// <summary>How much more memory than before the first kind it may still hold 30 s after the end of a kind.</summary>
    public const long MaxKeptBytes = 16 * 1024 * 1024;
}
