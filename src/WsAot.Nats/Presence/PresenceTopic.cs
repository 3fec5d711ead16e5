using WsAot.Nats.Core;
using WsAot.Topics;

namespace WsAot.Nats.Presence;

/// <summary>
/// Who is in a topic: on this server, who alone says so, and on the others, as they have said. Used by the task of <see
/// cref="PresenceTopics"/> alone.
/// </summary>
internal sealed class PresenceTopic(TopicPresence presence)
{
    private readonly Dictionary<string, (WsMember Member, TopicPresence Presence)> _here = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WsMember> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodePresence> _nodes = new(StringComparer.Ordinal);
    private TopicPresence _presence = presence;

    public string Name { get; } = presence.Topic;

    /// <summary>Where servers speak about it; null: not asked for yet.</summary>
    public string? Subject { get; set; }

    public TopicSubscription? Subscription { get; set; }

    /// <summary>The number of the last change that was said.</summary>
    public long Version { get; set; }

    /// <summary>When something was said last.</summary>
    public long SaidAt { get; set; }

    /// <summary>Whether all who are here are to be said.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Whether all other servers are to be asked who is there.</summary>
    public bool AsksAll { get; set; } = true;

    /// <summary>The servers that are to be asked who is there: once, however many messages tell that something is missing.</summary>
    public HashSet<string> Asks { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => _here.Count == 0;

    /// <summary>Somebody has come here.</summary>
    public void Join(TopicPresence presence, WsMember member)
    {
        if (!ReferenceEquals(_presence, presence))
        {
            // A topic that has ended and begun again: the others are still there.
            _presence = presence;
            foreach (NodePresence node in _nodes.Values)
            {
                foreach (WsMember other in node.Members.Values) presence.JoinElsewhere(other);
            }
        }

        _here[member.Id] = (member, presence);
    }

    /// <summary>Somebody has gone here.</summary>
    public void Leave(TopicPresence presence, string id)
    {
        if (_here.TryGetValue(id, out (WsMember Member, TopicPresence Presence) known) && ReferenceEquals(known.Presence, presence))
        {
            _here.Remove(id);
        }
    }

    /// <summary>What is to be said about those who are here; null: nothing.</summary>
    /// <param name="node">The name of this server.</param>
    /// <param name="version">The number that the change gets.</param>
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

    /// <summary>Another server has said something.</summary>
    /// <returns>Whether it is to be asked who is there: something is missing.</returns>
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
        // Only at the end: who is named in a later part has not gone meanwhile.
        foreach (string id in known.Unnamed) Leave(known, id);
        known.Unnamed = null;
        return false;
    }

    /// <summary>Another server is gone, and all who were there.</summary>
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
