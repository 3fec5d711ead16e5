namespace WsAot.Soak.Latency;

/// <summary>One way to keep a server busy: what each attacker does, and who is made to listen.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Path">The route that attackers and audience upgrade to.</param>
/// <param name="Frames">Whole frames, sent again and again.</param>
internal sealed record Attack(string Name, string Path, ReadOnlyMemory<byte> Frames)
{
    /// <summary>What each attacker sends in a second; 0: as much as the server takes.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>
    /// Part of the first message that comes back; empty: none comes. A server that refuses what is sent costs nothing, and would look
    /// well.
    /// </summary>
    public string Answer { get; init; } = "";

    /// <summary>Members of the same room or topic that read all they get and say nothing. They are not attackers.</summary>
    public int Audience { get; init; }

    public bool AudienceOffersDeflate { get; init; }

    /// <summary>The server's <c>--compression</c>.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>
    /// Sends the frames once, does not read, and comes again as a new connection after this time; null: sends on and reads.
    /// </summary>
    public TimeSpan? ComesAgainAfter { get; init; }
}
