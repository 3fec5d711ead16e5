namespace WsAot.Soak.Restarting;

/// <summary>The options of a restart run.</summary>
internal sealed record RestartOptions
{
    public required string Server { get; init; }

    /// <summary>How many times to send SIGUSR2 to the server.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>How long the load runs before and after each restart.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many connections to open and close in a second.</summary>
    public int ConnectsPerSecond { get; init; } = 2000;

    /// <summary>The number of connections that stay and echo.</summary>
    public int Echoers { get; init; } = 500;
}
