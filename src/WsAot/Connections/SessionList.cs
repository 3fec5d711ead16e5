using WsAot.Topics;

namespace WsAot.Connections;

/// <summary>The open sessions of one loop. It changes on that loop only, so that the loop reads it without a lock; others take one.</summary>
internal sealed class SessionList : ISubscribers
{
    private readonly Lock _lock = new();
    private readonly List<Session> _sessions = [];
    private int _count;

    /// <summary>How many there are. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Add(Session session)
    {
        lock (_lock)
        {
            session.ListIndex = _sessions.Count;
            _sessions.Add(session);
        }

        Volatile.Write(ref _count, _sessions.Count);
    }

    /// <summary>Removes a session in constant time: the last one takes its place.</summary>
    public void Remove(Session session)
    {
        lock (_lock)
        {
            Session last = _sessions[^1];
            _sessions[session.ListIndex] = last;
            last.ListIndex = session.ListIndex;
            _sessions.RemoveAt(_sessions.Count - 1);
            session.ListIndex = -1;
        }

        Volatile.Write(ref _count, _sessions.Count);
    }

    /// <summary>Adds the sessions to a list. Any thread.</summary>
    public void CopyTo(List<Session> destination)
    {
        lock (_lock) destination.AddRange(_sessions);
    }

    /// <summary>Gives a message to all of them, without the lock: sending takes system calls, for which nobody else should wait.</summary>
    public int Deliver(SharedFrame frame)
    {
        // A session that ends within the call leaves the list only after the batch.
        foreach (Session session in _sessions) session.Deliver(frame);
        return _sessions.Count;
    }
}
