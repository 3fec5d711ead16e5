namespace WsAot.Topics;

/// <summary>
/// What was published and waits for other loops to deliver it, in bytes. Beyond the mark, connections that publish are not read until it has
/// been delivered. A publisher on another thread cannot be held back so: beyond the limit its messages are dropped. Any thread.
/// </summary>
/// <param name="maxBytes">The limit. A server has the default; tests a smaller one.</param>
internal sealed class DeliveryBacklog(long maxBytes = DeliveryBacklog.DefaultMaxBytes)
{
    private const long DefaultMaxBytes = 128 * 1024 * 1024;
    private const long HighBytes = 16 * 1024 * 1024;

    private readonly Lock _waitersLock = new();
    private readonly List<IBacklogWaiter> _waiters = [];
    private long _bytes;

    /// <summary>Whether more waits than the mark.</summary>
    public bool IsHigh => Volatile.Read(ref _bytes) > HighBytes;

    public bool TryAdd(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Remove(bytes);
        return false;
    }

    public void Remove(int bytes)
    {
        long left = Interlocked.Add(ref _bytes, -bytes);
        // Of several threads exactly one passes the mark.
        if (left <= HighBytes && left + bytes > HighBytes) Release();
    }

    /// <summary>Tells a waiter when less waits than the mark: at once, if it is so already.</summary>
    public void Wait(IBacklogWaiter waiter)
    {
        lock (_waitersLock) _waiters.Add(waiter);
        // The mark may have been passed before the waiter was there.
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
