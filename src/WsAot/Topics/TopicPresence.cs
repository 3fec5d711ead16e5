using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// The members of a topic: its subscribers. Changes are collected for a moment, then announced together to the feed's subscribers. Any
/// thread.
/// </summary>
internal sealed class TopicPresence
{
    private readonly TopicHub _hub;
    private readonly Topic _topic;
    private readonly Lock _lock = new();

    // The members as last announced, and the changes since then.
    private readonly Dictionary<string, WsMember> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WsMember> _joined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private SharedFrame? _written;
    private bool _isChanged;

    public TopicPresence(TopicHub hub, Topic topic, int loops)
    {
        (_hub, _topic) = (hub, topic);
        Feed = new PresenceFeed(hub, topic.Name, loops);
    }

    /// <summary>The name of the topic.</summary>
    public string Topic => _topic.Name;

    /// <summary>The subscribers to the changes.</summary>
    public PresenceFeed Feed { get; }

    private int Count => _told.Count + _joined.Count - _left.Count;

    /// <summary>Adds a connection of this process.</summary>
    /// <returns>False if the topic has the largest number of members already.</returns>
    public bool TryJoin(WsMember member)
    {
        lock (_lock)
        {
            if (Count >= _topic.Rule!.Options.MaxPresent) return false;
            Add(member);
            _hub.Backplane?.OnJoined(this, member);
            return true;
        }
    }

    /// <summary>Adds a connection of another process, which checks its own limit.</summary>
    public void JoinElsewhere(WsMember member)
    {
        lock (_lock) Add(member);
    }

    /// <summary>Removes a connection that has joined.</summary>
    public void Leave(string id)
    {
        lock (_lock)
        {
            Remove(id);
            _hub.Backplane?.OnLeft(this, id);
        }
    }

    /// <summary>Removes a connection of another process.</summary>
    public void LeaveElsewhere(string id)
    {
        lock (_lock) Remove(id);
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<WsMember> List()
    {
        lock (_lock)
        {
            var list = new List<WsMember>(Count);
            foreach ((string id, WsMember member) in _told)
            {
                if (!_left.Contains(id)) list.Add(member);
            }

            list.AddRange(_joined.Values);
            return list;
        }
    }

    /// <summary>
    /// The message with all members, for a new subscriber of the feed, as of the last announced change. All new subscribers share it.
    /// </summary>
    public SharedFrame Write()
    {
        lock (_lock)
        {
            return _written ??=
                new SharedFrame(Opcode.Text, _topic.Rule!.Format!.WritePresent(_topic.QuotedName, Feed.Version, _told.Values));
        }
    }

    /// <summary>Announces the changes.</summary>
    public void Tell()
    {
        lock (_lock)
        {
            _isChanged = false;
            if (_left.Count == 0 && _joined.Count == 0) return;
            foreach (string id in _left) _told.Remove(id);
            foreach ((string id, WsMember member) in _joined) _told[id] = member;
            _written = null;
            // Under the lock, so that changes are announced in order.
            Feed.Tell(this);
            _left.Clear();
            _joined.Clear();
        }
    }

    /// <summary>The message that announces the changes. Under the lock.</summary>
    public byte[] WriteChange(long version) =>
        _topic.Rule!.Format!.WriteChange(_topic.QuotedName, version, _left, _joined.Values);

    private void Add(WsMember member)
    {
        if (!_left.Remove(member.Id)) _joined[member.Id] = member;
        OnChanged();
    }

    private void Remove(string id)
    {
        if (!_joined.Remove(id)) _left.Add(id);
        OnChanged();
    }

    private void OnChanged()
    {
        if (_isChanged) return;
        _isChanged = true;
        _hub.OnPresenceChanged(this);
    }
}
