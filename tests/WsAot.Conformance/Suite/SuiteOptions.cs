namespace WsAot.Conformance.Suite;

/// <summary>The options of a run.</summary>
internal sealed record SuiteOptions
{
    /// <summary>A route that sends every message back as it came: <c>ws://host:port/path</c> or <c>wss://</c>.</summary>
    public required Uri Target { get; init; }

    /// <summary>Patterns of case ids, one of which must match; empty: all cases.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Patterns of case ids to skip. The report lists these cases as skipped.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>False: the server must accept no offer of permessage-deflate, and no other case of RFC 7692 runs.</summary>
    public bool Compression { get; init; } = true;

    /// <summary>How many cases run at a time.</summary>
    public int Jobs { get; init; } = 4;

    /// <summary>The largest message that the route accepts, in bytes; 0 skips the cases about it.</summary>
    public long MaxMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most fragments of a message that the route accepts; 0 skips the cases about it.</summary>
    public int MaxFragments { get; init; } = 65_536;

    /// <summary>How long a case may take.</summary>
    public TimeSpan Guard { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a case with megabytes may take.</summary>
    public TimeSpan LargeGuard { get; init; } = TimeSpan.FromSeconds(60);
}
