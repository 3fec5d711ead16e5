namespace WsAot.Soak.Latency;

/// <summary>One way to keep a server busy: what each attacker does, and who receives its messages.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Path">The route that attackers and audience upgrade to.</param>
/// <param name="Frames">Whole frames, sent again and again.</param>
internal sealed record Attack(string Name, string Path, ReadOnlyMemory<byte> Frames)
{
    /// <summary>The bytes that each attacker sends in a second; 0: as many as the server accepts.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>
    /// A part of the first message that comes back; empty: none comes. Without this check, a server that refuses the messages would look
    /// good, because refusing costs nothing.
    /// </summary>
    public string Answer { get; init; } = "";

    /// <summary>The number of members of the same room or topic that only read. They are not attackers.</summary>
    public int Audience { get; init; }

    public bool AudienceOffersDeflate { get; init; }

    /// <summary>The server's <c>--compression</c>.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>
    /// If set: the attacker sends the frames once, does not read, and opens a new connection after this time. Null: it keeps sending, and
    /// reads.
    /// </summary>
    public TimeSpan? ComesAgainAfter { get; init; }
}
