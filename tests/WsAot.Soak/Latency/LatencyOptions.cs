namespace WsAot.Soak.Latency;

/// <summary>What a latency run is told.</summary>
internal sealed record LatencyOptions
{
    public required string Server { get; init; }

    /// <summary>Another published file that is measured beside it, cell by cell; null: none.</summary>
    public string? Baseline { get; init; }

    /// <summary><c>auto</c>, <c>epoll</c>, <c>sockets</c>.</summary>
    public IReadOnlyList<string> Transports { get; init; } = ["epoll", "sockets"];

    /// <summary>Whether the server is asked over TLS, with a certificate made for the run.</summary>
    public bool UsesTls { get; init; }

    /// <summary>How many attackers, for each column.</summary>
    public IReadOnlyList<int> Attackers { get; init; } = [0, 1, 10];

    /// <summary>Loops of the server. As many honest clients are there before all others, so that there is one on each loop.</summary>
    public int Loops { get; init; } = 2;

    /// <summary>
    /// How long is measured, once all are there. Pings are not answered by an audience: it must be over before they are missed.
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that <see cref="Hold"/> may be.</summary>
    public const double MaxHoldSeconds = 15;

    /// <summary>From the attackers' coming to the first echo that counts.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Names of the attacks that are wanted, or parts of them; none: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The audience is divided by this: for a short run whose figures do not matter.</summary>
    public int AudienceDivisor { get; init; } = 1;
}
