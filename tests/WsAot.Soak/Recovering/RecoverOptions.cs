namespace WsAot.Soak.Recovering;

/// <summary>What a run is told in which a crowd comes back.</summary>
internal sealed record RecoverOptions
{
    public required string Server { get; init; }

    /// <summary>How many come back, all of this process: its descriptor limit bounds them, as the server's does.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>What each has missed: the room keeps a hundred at most.</summary>
    public int Messages { get; init; } = 100;

    /// <summary>Whether all ask who is there too.</summary>
    public bool AsksPresence { get; init; }

    /// <summary>How long the text of a message is.</summary>
    public int TextBytes { get; init; } = 100;
}
