namespace WsAot.Soak.Nodes;

/// <summary>The options of a run on several nodes.</summary>
internal sealed record NodesOptions
{
    /// <summary>A published file that has WsAot.Nats (<c>-p:WsAotNats=true</c>).</summary>
    public required string Server { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The number of servers; NATS has three.</summary>
    public int Nodes { get; init; } = 3;

    public int Clients { get; init; } = 60;

    public int Rooms { get; init; } = 5;

    /// <summary>Messages a second in each room.</summary>
    public int MessagesPerSecond { get; init; } = 10;

    /// <summary>The time between two failures.</summary>
    public TimeSpan FailureInterval { get; init; } = TimeSpan.FromSeconds(15);

    public int Seed { get; init; } = 1;
}
