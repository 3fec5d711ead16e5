namespace WsAot.Soak.Latency;

/// <summary>The options of a latency run.</summary>
internal sealed record LatencyOptions
{
    public required string Server { get; init; }

    /// <summary>Another published file to measure beside the first, cell by cell; null: none.</summary>
    public string? Baseline { get; init; }

    /// <summary><c>auto</c>, <c>epoll</c>, <c>sockets</c>.</summary>
    public IReadOnlyList<string> Transports { get; init; } = ["epoll", "sockets"];

    /// <summary>Whether to use TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>The number of attackers for each column.</summary>
    public IReadOnlyList<int> Attackers { get; init; } = [0, 1, 10];

    /// <summary>The loops of the server. One honest client for each loop connects before all others, so that each loop has one.</summary>
    public int Loops { get; init; } = 2;

    /// <summary>
    /// How long to measure after all are connected. The audience does not answer pings, so this must end before the server notices.
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that <see cref="Hold"/> may be.</summary>
    public const double MaxHoldSeconds = 15;

    /// <summary>The time from the attackers' start to the first echo that counts.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The names of the attacks to run, or parts of them; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>A divisor for the audience, for a short run whose figures do not matter.</summary>
    public int AudienceDivisor { get; init; } = 1;
}
