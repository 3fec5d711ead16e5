namespace WsAot.Nats.Presence;

/// <summary>Those of another server who are in a topic.</summary>
internal sealed class NodePresence
{
    /// <summary>The number of the last change that is known.</summary>
    public long Version { get; set; }

    public Dictionary<string, WsMember> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// While the server says in parts who is there: those who were there before and are not named yet. Null: it does not do that.
    /// </summary>
    public HashSet<string>? Unnamed { get; set; }
}
