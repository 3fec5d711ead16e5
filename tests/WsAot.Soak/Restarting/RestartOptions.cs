namespace WsAot.Soak.Restarting;

/// <summary>What a restart run is told.</summary>
internal sealed record RestartOptions
{
    public required string Server { get; init; }

    /// <summary>How often the server is sent SIGUSR2.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>How long there is load before and after each of these.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections that are opened and closed in a second.</summary>
    public int ConnectsPerSecond { get; init; } = 2000;

    /// <summary>Connections that stay, and echo.</summary>
    public int Echoers { get; init; } = 500;
}
