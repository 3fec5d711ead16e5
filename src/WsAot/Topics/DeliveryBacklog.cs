namespace WsAot.Topics;

/// <summary>
/// The bytes of published messages that other loops have not delivered yet. Above the high mark, connections that publish are not read
/// until the messages have been delivered. A publisher on another thread cannot be slowed down like that, so above the limit its messages
/// are dropped. Any thread.
/// </summary>
/// <param name="maxBytes">The limit. Tests use a smaller one than the default.</param>
internal sealed class DeliveryBacklog(long maxBytes = DeliveryBacklog.DefaultMaxBytes)
{
    private const long DefaultMaxBytes = 128 * 1024 * 1024;
    private const long HighBytes = 16 * 1024 * 1024;

    private readonly Lock _waitersLock = new();
    private readonly List<IBacklogWaiter> _waiters = [];
    private long _bytes;

    /// <summary>Whether the backlog is above the high mark.</summary>
    public bool IsHigh => Volatile.Read(ref _bytes) > HighBytes;

    /// <summary>The bytes that have not been delivered yet.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public bool TryAdd(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Remove(bytes);
        return false;
    }

    public void Remove(int bytes)
    {
        long left = Interlocked.Add(ref _bytes, -bytes);
        // Exactly one of several threads crosses the mark.
        if (left <= HighBytes && left + bytes > HighBytes) Release();
    }

    /// <summary>Notifies a waiter when the backlog is below the high mark: at once if it already is.</summary>
    public void Wait(IBacklogWaiter waiter)
    {
        lock (_waitersLock) _waiters.Add(waiter);
        // The backlog may have crossed the mark before the waiter was added.
        if (!IsHigh) Release();
    }

    private void Release()
    {
        IBacklogWaiter[] waiters;
        lock (_waitersLock)
        {
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        foreach (IBacklogWaiter waiter in waiters) waiter.OnBacklogLow();
    }
}
