namespace WsAot.Soak.Nodes;

/// <summary>What a run on several nodes is told.</summary>
internal sealed record NodesOptions
{
    /// <summary>A published file that has WsAot.Nats (<c>-p:WsAotNats=true</c>).</summary>
    public required string Server { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many servers; NATS has three.</summary>
    public int Nodes { get; init; } = 3;

    public int Clients { get; init; } = 60;

    public int Rooms { get; init; } = 5;

    /// <summary>Messages a second in each room.</summary>
    public int MessagesPerSecond { get; init; } = 10;

    /// <summary>How long it is between two failures.</summary>
    public TimeSpan FailureInterval { get; init; } = TimeSpan.FromSeconds(15);

    public int Seed { get; init; } = 1;
}
