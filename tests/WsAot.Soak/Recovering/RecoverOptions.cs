namespace WsAot.Soak.Recovering;

/// <summary>The options of a run in which many clients reconnect.</summary>
internal sealed record RecoverOptions
{
    public required string Server { get; init; }

    /// <summary>
    /// The number of clients that reconnect. All are in this process, so its descriptor limit and the server's limit them.
    /// </summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>The number of messages that each has missed: the room keeps at most a hundred.</summary>
    public int Messages { get; init; } = 100;

    /// <summary>Whether all ask for presence, too.</summary>
    public bool AsksPresence { get; init; }

    /// <summary>The length of a message's text.</summary>
    public int TextBytes { get; init; } = 100;
}
