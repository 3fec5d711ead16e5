namespace WsAot.Soak.Soaking;

/// <summary>What a soak run is told.</summary>
internal sealed record SoakOptions
{
    public required string Server { get; init; }

    public required TimeSpan Duration { get; init; }

    public string Transport { get; init; } = "auto";

    /// <summary>Whether the server is asked over TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>For the report.</summary>
    public string Wire => $"transport {Transport}{(UsesTls ? ", over TLS" : "")}";

    public string Compression { get; init; } = "none";

    public int Seed { get; init; } = 1;

    /// <summary>How many times the server is stopped under load and started again.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Connections that echo at a time; the other kinds of client follow from it.</summary>
    public int Clients { get; init; } = 24;

    /// <summary>
    /// What the server's resident memory may have grown by between the end of the warm-up and the end: half of it and 24 MiB. The pools
    /// keep what a burst needed, and how large the bursts are differs from one part of the run to the next.
    /// </summary>
    public static long AllowedResidentBytes(long afterWarmUp) => afterWarmUp + afterWarmUp / 2 + 24 * 1024 * 1024;
}
