namespace WsAot.Nats.Kept;

/// <summary>
/// Limits the loading of a rule's topics: how many load at the same time, and how many bytes the loaded messages may take while nobody
/// subscribes to their topics. Any thread.
/// </summary>
internal sealed class HistoryLoads
{
    /// <summary>How many are read together. Those who wait get their turn in their order.</summary>
    private const int Together = 16;

    /// <summary>What was loaded and nobody has taken: the oldest goes first.</summary>
    private const long MaxUnusedBytes = 16 * 1024 * 1024;

    private readonly SemaphoreSlim _turns = new(Together, Together);
    private readonly Lock _lock = new();
    private readonly LinkedList<(object Owner, long Bytes, Action Drop)> _unused = new();

    /// <summary>What was loaded and nobody has taken.</summary>
    public long UnusedBytes { get; private set; }

    /// <summary>Reads when it is its turn.</summary>
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

    /// <summary>A topic keeps what it has loaded.</summary>
    /// <param name="owner">The topic.</param>
    /// <param name="bytes">What that takes.</param>
    /// <param name="drop">Drops it. Called by any thread that keeps something, under no lock of this.</param>
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

    /// <summary>A topic does not keep it any more.</summary>
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
