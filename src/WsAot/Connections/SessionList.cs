using System.Diagnostics;
using WsAot.Memory;
using WsAot.Topics;

namespace WsAot.Connections;

/// <summary>
/// The open sessions of one loop. Only that loop changes the list, so the loop reads it without a lock; other threads take the lock.
/// </summary>
internal sealed class SessionList : ISubscribers
{
    private readonly Lock _lock = new();
    private readonly List<Session> _sessions = [];
    private int _count;

    /// <summary>The number of sessions. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Add(Session session)
    {
        Debug.Assert(session.ListIndex < 0, "The session is in a list already.");
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
        Debug.Assert(ReferenceEquals(_sessions[session.ListIndex], session), "The session is not where its index says.");
        lock (_lock)
        {
            Session last = _sessions[^1];
            _sessions[session.ListIndex] = last;
            last.ListIndex = session.ListIndex;
            _sessions.RemoveAt(_sessions.Count - 1);
            Containers.Shrink(_sessions);
            session.ListIndex = -1;
        }

        Volatile.Write(ref _count, _sessions.Count);
    }

    /// <summary>Adds the sessions to a list. Any thread.</summary>
    public void CopyTo(List<Session> destination)
    {
        lock (_lock) destination.AddRange(_sessions);
    }

    /// <summary>
    /// Delivers a message to all sessions, without holding the lock: sending takes system calls, which other threads should not wait for.
    /// </summary>
    public int Deliver(SharedFrame frame)
    {
        // A session that ends during the loop leaves the list only after the batch.
        foreach (Session session in _sessions) session.Deliver(frame);
        return _sessions.Count;
    }
}
