namespace WsAot.Soak.Operating;

/// <summary>What a run of operations is told.</summary>
internal sealed record OperatingOptions
{
    public required string Server { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    public string Transport { get; init; } = "epoll";

    public string Compression { get; init; } = "shared";

    /// <summary>How often the server is sent SIGHUP.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the server is sent SIGUSR2, at equal distances.</summary>
    public int Restarts { get; init; } = 2;

    /// <summary>
    /// What a process that was replaced has to end in. It takes all of it: some of the abusers do not answer what they are told.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections that echo at a time; the other kinds of client follow from it.</summary>
    public int Clients { get; init; } = 24;

    /// <summary>Connections of each kind of abuse.</summary>
    public int Abusers { get; init; } = 20;

    public int Seed { get; init; } = 1;
}
