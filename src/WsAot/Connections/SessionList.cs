using System.Diagnostics;
using System.Runtime.InteropServices;
using WsAot.Loops;
using WsAot.Routing;
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

    /// <inheritdoc/>
    public UnfinishedDelivery? Unfinished { get; set; }

    public void Add(Session session)
    {
        Debug.Assert(session.Index < 0, "The session is in a list already.");
        lock (_lock)
        {
            session.Index = _sessions.Count;
            _sessions.Add(session);
        }

        Volatile.Write(ref _count, _sessions.Count);
    }

    /// <summary>Removes a session.</summary>
    public void Remove(Session session)
    {
        Debug.Assert(ReferenceEquals(_sessions[session.Index], session), "The session is not where its index says.");
        lock (_lock)
        {
            UnfinishedDelivery.Remove(_sessions, session, Unfinished);
            session.Index = -1;
        }

        Volatile.Write(ref _count, _sessions.Count);
    }

    /// <summary>Finds the sessions that hold most and have not begun to end, the largest first. On the loop.</summary>
    /// <param name="largest">As many as there is room for; null where there are not as many.</param>
    public void FindLargest(Span<Session?> largest)
    {
        largest.Clear();
        Span<long> held = stackalloc long[largest.Length];
        held.Clear();
        foreach (Session session in CollectionsMarshal.AsSpan(_sessions))
        {
            long bytes = session.EndCause == EndCause.None ? session.HeldBytes : 0;
            if (bytes <= held[^1]) continue;
            int place = held.Length - 1;
            for (; place > 0 && bytes > held[place - 1]; place--) (held[place], largest[place]) = (held[place - 1], largest[place - 1]);
            (held[place], largest[place]) = (bytes, session);
        }
    }

    /// <summary>Adds the sessions to a list. Any thread.</summary>
    public void CopyTo(List<Session> destination)
    {
        lock (_lock) destination.AddRange(_sessions);
    }

    /// <summary>Adds the output that waits for slow peers to sums, which have the order of the routes. Any thread.</summary>
    public void AddPendingOutput(IReadOnlyList<WsRoute> routes, long[] sums)
    {
        // In portions: the loop waits for the lock when a connection opens or closes.
        const int Together = 1024;
        for (int i = 0; ; i += Together)
        {
            lock (_lock)
            {
                if (i >= _sessions.Count) return;
                foreach (Session each in CollectionsMarshal.AsSpan(_sessions).Slice(i, Math.Min(Together, _sessions.Count - i)))
                {
                    int pending = each.PendingOutputBytes;
                    for (int route = 0; pending > 0 && route < sums.Length; route++)
                    {
                        if (ReferenceEquals(routes[route], each.Route)) sums[route] += pending;
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Without holding the lock: sending takes system calls, which other threads should not wait for.</remarks>
    public int Deliver(SharedFrame frame, int count, LoopTurn turn)
    {
        int units = frame.DeliveryUnits;
        int together = TurnCosts.DeliveriesTogether(units);
        // A session that ends during the loop leaves the list only after the batch.
        ReadOnlySpan<Session> sessions = CollectionsMarshal.AsSpan(_sessions);
        while (count > 0)
        {
            int some = Math.Min(count, together);
            count -= some;
            foreach (Session each in sessions.Slice(count, some)) each.Deliver(frame);
            turn.Charge(some * units);
            if (turn.IsSpent) break;
        }

        return count;
    }
}
