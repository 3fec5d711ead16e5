namespace WsAot.Soak.FanningOut;

/// <summary>The options of a fan-out run.</summary>
internal sealed record FanOutOptions
{
    /// <summary>A published file that has WsAot.Nats (<c>-p:WsAotNats=true</c>).</summary>
    public required string Server { get; init; }

    /// <summary>The number of subscribers on each server.</summary>
    public int Subscribers { get; init; } = 1000;

    public int Messages { get; init; } = 1000;

    /// <summary>How many runs of each kind, of which the median counts.</summary>
    public int Runs { get; init; } = 3;

    public int PayloadBytes { get; init; } = 64;
}
