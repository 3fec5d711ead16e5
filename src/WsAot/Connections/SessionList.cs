using System.Diagnostics;
using WsAot.Loops;
using WsAot.Routing;
using WsAot.Topics;

namespace WsAot.Connections;

/// <summary>
/// The open sessions of one loop. Only that loop changes the list, so the loop reads it without a lock; other threads take the lock.
/// </summary>
internal sealed class SessionList : ISubscribers
{
    // The list grows by one block at a time: doubling an array would leave garbage as large as the list.
    private const int BlockBits = 10;
    private const int BlockSize = 1 << BlockBits;

    private readonly Lock _lock = new();
    private readonly List<Session[]> _blocks = [];
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
            if (_count == _blocks.Count * BlockSize) _blocks.Add(new Session[BlockSize]);
            session.Index = _count;
            At(_count) = session;
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Removes a session.</summary>
    public void Remove(Session session)
    {
        Debug.Assert(ReferenceEquals(At(session.Index), session), "The session is not where its index says.");
        lock (_lock)
        {
            UnfinishedDelivery.Remove(this, session.Index);
            session.Index = -1;
        }
    }

    /// <summary>Finds the sessions that hold the most memory and have not begun to end, the largest first. On the loop.</summary>
    /// <param name="largest">Receives the sessions; null where there are fewer than its length.</param>
    public void FindLargest(Span<Session?> largest)
    {
        largest.Clear();
        Span<long> held = stackalloc long[largest.Length];
        held.Clear();
        for (int i = 0; i < _count; i++)
        {
            Session session = At(i);
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
        lock (_lock)
        {
            for (int i = 0; i < _count; i += BlockSize) destination.AddRange(InBlockOf(i));
        }
    }

    /// <summary>Adds the output that waits for slow peers to sums, which are in the order of the routes. Any thread.</summary>
    public void AddPendingOutput(IReadOnlyList<WsRoute> routes, long[] sums)
    {
        // One block at a time: a connection that opens or closes makes the loop wait for the lock.
        for (int i = 0; ; i += BlockSize)
        {
            lock (_lock)
            {
                if (i >= _count) return;
                foreach (Session each in InBlockOf(i))
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
        while (count > 0)
        {
            Span<Session> block = InBlockOf(count - 1);
            int left = ((count - 1) & (BlockSize - 1)) + 1;
            int some = Math.Min(left, together);
            count -= some;
            foreach (Session each in block.Slice(left - some, some)) each.Deliver(frame);
            turn.Charge(some * units);
            if (turn.IsSpent) break;
        }

        return count;
    }

    /// <inheritdoc/>
    void ISubscribers.Move(int from, int to)
    {
        Session moved = At(from);
        At(to) = moved;
        moved.Index = to;
    }

    /// <inheritdoc/>
    void ISubscribers.RemoveLast()
    {
        At(_count - 1) = null!;
        Volatile.Write(ref _count, _count - 1);
        // One empty block stays for the next connection.
        if (_count <= (_blocks.Count - 2) * BlockSize) _blocks.RemoveAt(_blocks.Count - 1);
    }

    private ref Session At(int index) => ref _blocks[index >> BlockBits][index & (BlockSize - 1)];

    /// <summary>The sessions in the same block as the one at an index.</summary>
    private Span<Session> InBlockOf(int index)
    {
        int first = index & ~(BlockSize - 1);
        return _blocks[index >> BlockBits].AsSpan(0, Math.Min(_count - first, BlockSize));
    }
}
