namespace WsAot.Soak.Operating;

/// <summary>The options of an operating run.</summary>
internal sealed record OperatingOptions
{
    public required string Server { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    public string Transport { get; init; } = "epoll";

    public string Compression { get; init; } = "shared";

    /// <summary>How often to send SIGHUP to the server.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many times to send SIGUSR2 to the server, at equal intervals.</summary>
    public int Restarts { get; init; } = 2;

    /// <summary>
    /// The time in which a replaced process must end. It takes all of it, because some abusers do not answer close frames.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of echo clients at a time; the numbers of the other clients follow from it.</summary>
    public int Clients { get; init; } = 24;

    /// <summary>Connections of each kind of abuse.</summary>
    public int Abusers { get; init; } = 20;

    public int Seed { get; init; } = 1;
}
