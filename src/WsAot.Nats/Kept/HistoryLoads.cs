namespace WsAot.Nats.Kept;

/// <summary>
/// Limits the loading of a rule's topics: how many load at the same time, and how many bytes the loaded messages may take while their
/// topics have no subscribers. Any thread.
/// </summary>
internal sealed class HistoryLoads
{
    /// <summary>How many topics are read at the same time. Others wait in order.</summary>
    private const int Together = 16;

    /// <summary>The limit of the bytes that are loaded but not used. The oldest are dropped first.</summary>
    private const long MaxUnusedBytes = 16 * 1024 * 1024;

    private readonly SemaphoreSlim _turns = new(Together, Together);
    private readonly Lock _lock = new();
    private readonly LinkedList<(object Owner, long Bytes, Action Drop)> _unused = new();

    /// <summary>The bytes that are loaded but not used.</summary>
    public long UnusedBytes { get; private set; }

    /// <summary>Runs a read when it has its turn.</summary>
    public async Task ReadAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await read().ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Records messages that a topic has loaded but does not use yet.</summary>
    /// <param name="owner">The topic.</param>
    /// <param name="bytes">The size of the messages.</param>
    /// <param name="drop">Drops the messages. Called on any thread that calls this method, without a lock of this object.</param>
    public void Keep(object owner, long bytes, Action drop)
    {
        List<Action> dropped = [];
        lock (_lock)
        {
            _unused.AddLast((owner, bytes, drop));
            UnusedBytes += bytes;
            while (UnusedBytes > MaxUnusedBytes && _unused.First is { } oldest)
            {
                dropped.Add(oldest.Value.Drop);
                UnusedBytes -= oldest.Value.Bytes;
                _unused.RemoveFirst();
            }
        }

        foreach (Action dropOldest in dropped) dropOldest();
    }

    /// <summary>Called when a topic no longer keeps such messages.</summary>
    public void Release(object owner)
    {
        lock (_lock)
        {
            for (LinkedListNode<(object Owner, long Bytes, Action Drop)>? node = _unused.First; node is not null; node = node.Next)
            {
                if (!ReferenceEquals(node.Value.Owner, owner)) continue;
                UnusedBytes -= node.Value.Bytes;
                _unused.Remove(node);
                return;
            }
        }
    }
}
