namespace WsAot.Nats.Presence;

/// <summary>The members of a topic on another server.</summary>
internal sealed class NodePresence
{
    /// <summary>The number of the last known change.</summary>
    public long Version { get; set; }

    public Dictionary<string, WsMember> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// While the server sends its full list in parts: the earlier members that it has not named yet. Null at other times.
    /// </summary>
    public HashSet<string>? Unnamed { get; set; }
}
