namespace WsAot.Soak.Soaking;

/// <summary>The options of a soak run.</summary>
internal sealed record SoakOptions
{
    public required string Server { get; init; }

    public required TimeSpan Duration { get; init; }

    public string Transport { get; init; } = "auto";

    /// <summary>Whether to use TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>For the report.</summary>
    public string Wire => $"transport {Transport}{(UsesTls ? ", over TLS" : "")}";

    public string Compression { get; init; } = "none";

    public int Seed { get; init; } = 1;

    /// <summary>How many times the server is stopped under load and started again.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>The number of echo clients at a time; the numbers of the other clients follow from it.</summary>
    public int Clients { get; init; } = 24;

    /// <summary>
    /// The most resident memory at the end: half more than after the warm-up, plus 24 MiB. The pools keep what a burst needed, and the size
    /// of bursts differs between the parts of a run.
    /// </summary>
    public static long AllowedResidentBytes(long afterWarmUp) => afterWarmUp + afterWarmUp / 2 + 24 * 1024 * 1024;
}
