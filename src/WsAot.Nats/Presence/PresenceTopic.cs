using WsAot.Nats.Core;
using WsAot.Topics;

namespace WsAot.Nats.Presence;

/// <summary>
/// The members of a topic: those of this server, which announces them, and those that other servers have announced. Used only by the task
/// of <see cref="PresenceTopics"/>.
/// </summary>
internal sealed class PresenceTopic(TopicPresence presence)
{
    private readonly Dictionary<string, (WsMember Member, TopicPresence Presence)> _here = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WsMember> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodePresence> _nodes = new(StringComparer.Ordinal);
    private TopicPresence _presence = presence;

    public string Name { get; } = presence.Topic;

    /// <summary>The subject of its messages; null if it is not computed yet.</summary>
    public string? Subject { get; set; }

    public TopicSubscription? Subscription { get; set; }

    /// <summary>The number of the last announced change.</summary>
    public long Version { get; set; }

    /// <summary>When this server last sent a message about it.</summary>
    public long SaidAt { get; set; }

    /// <summary>Whether this server must send its full list.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Whether to ask all other servers for their full lists.</summary>
    public bool AsksAll { get; set; } = true;

    /// <summary>The servers to ask for their full lists: once each, however many messages show a gap.</summary>
    public HashSet<string> Asks { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => _here.Count == 0;

    /// <summary>Adds a member on this server.</summary>
    public void Join(TopicPresence presence, WsMember member)
    {
        if (!ReferenceEquals(_presence, presence))
        {
            // The topic has ended and begun again, so add the members of other servers again.
            _presence = presence;
            foreach (NodePresence node in _nodes.Values)
            {
                foreach (WsMember other in node.Members.Values) presence.JoinElsewhere(other);
            }
        }

        _here[member.Id] = (member, presence);
    }

    /// <summary>Removes a member on this server.</summary>
    public void Leave(TopicPresence presence, string id)
    {
        if (_here.TryGetValue(id, out (WsMember Member, TopicPresence Presence) known) && ReferenceEquals(known.Presence, presence))
        {
            _here.Remove(id);
        }
    }

    /// <summary>Creates the message to send about this server's members; null if there is nothing to send.</summary>
    /// <param name="node">The name of this server.</param>
    /// <param name="version">The number of the change.</param>
    public PresenceMessage? Say(string node, long version)
    {
        List<WsMember> joined = [.. _here.Values.Select(static here => here.Member).Where(member => !_said.ContainsKey(member.Id))];
        List<string> left = [.. _said.Keys.Where(id => !_here.ContainsKey(id))];
        if (!IsAsked && joined.Count == 0 && left.Count == 0) return null;
        long before = Version;
        Version = version;
        foreach (string id in left) _said.Remove(id);
        foreach (WsMember member in joined) _said[member.Id] = member;
        if (!IsAsked) return new PresenceMessage { Node = node, Version = version, Before = before, Joined = joined, Left = left };
        IsAsked = false;
        return new PresenceMessage { Node = node, Version = version, IsAll = true, Joined = [.. _said.Values] };
    }

    /// <summary>Handles a message of another server.</summary>
    /// <returns>Whether a message is missing, so that the server must be asked for its full list.</returns>
    public bool Hear(PresenceMessage message)
    {
        NodePresence? known = _nodes.GetValueOrDefault(message.Node);
        if (!message.IsChange) return message.Version > 0 && message.Version != known?.Version;
        if (known is not null && message.Version <= known.Version) return false;
        bool isWhole = message.IsAll || message.Before == 0;
        if (!isWhole && message.Before != known?.Version) return true;
        if (known is null) _nodes.Add(message.Node, known = new NodePresence());
        known.Version = message.Version;
        if (isWhole) known.Unnamed = new HashSet<string>(known.Members.Keys, StringComparer.Ordinal);
        known.Unnamed?.ExceptWith(message.Joined.Select(static member => member.Id));
        foreach (string id in message.Left) Leave(known, id);
        foreach (WsMember member in message.Joined)
        {
            if (known.Members.TryAdd(member.Id, member)) _presence.JoinElsewhere(member);
        }

        if (message.HasMore || known.Unnamed is null) return false;
        // Only after the last part, because a later part may name these members.
        foreach (string id in known.Unnamed) Leave(known, id);
        known.Unnamed = null;
        return false;
    }

    /// <summary>Removes all members of a server that has gone.</summary>
    public void Forget(string node)
    {
        if (!_nodes.Remove(node, out NodePresence? known)) return;
        foreach (string id in known.Members.Keys) _presence.LeaveElsewhere(id);
    }

    private void Leave(NodePresence node, string id)
    {
        if (node.Members.Remove(id)) _presence.LeaveElsewhere(id);
    }
}
