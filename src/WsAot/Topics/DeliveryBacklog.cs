using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>
/// The published messages that other loops have not delivered yet, by their bytes and by their work. Above the high mark of either,
/// connections that publish are not read until the messages have been delivered. A publisher on another thread cannot be slowed down like
/// that, so above the limit its messages are dropped. Any thread.
/// </summary>
/// <param name="maxBytes">The limit. Tests use a smaller one than the default.</param>
internal sealed class DeliveryBacklog(long maxBytes = DeliveryBacklog.DefaultMaxBytes)
{
    private const long DefaultMaxBytes = 128 * 1024 * 1024;
    private const long HighBytes = 16 * 1024 * 1024;

    /// <summary>
    /// So many turns' worth of deliveries: tens of milliseconds. Small messages to many take long before they take much memory, and all
    /// that is posted to a loop waits behind them.
    /// </summary>
    private const long HighUnits = 4 * TurnCosts.Turn;

    private readonly Lock _waitersLock = new();
    private readonly List<IBacklogWaiter> _waiters = [];
    private long _bytes;
    private long _units;

    /// <summary>Whether the backlog is above the high mark.</summary>
    public bool IsHigh => Volatile.Read(ref _bytes) > HighBytes || Volatile.Read(ref _units) > HighUnits;

    /// <summary>The bytes that have not been delivered yet.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <param name="bytes">The memory that the message takes.</param>
    /// <param name="units">What delivering it costs, in units of <see cref="TurnCosts"/>.</param>
    /// <returns>False if it would be above the limit: it is not added.</returns>
    public bool TryAdd(int bytes, int units = 0)
    {
        Interlocked.Add(ref _units, units);
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Remove(bytes, units);
        return false;
    }

    /// <summary>A message has been delivered.</summary>
    public void Remove(int bytes, int units = 0)
    {
        long bytesLeft = Interlocked.Add(ref _bytes, -bytes);
        long unitsLeft = Interlocked.Add(ref _units, -units);
        // Of several threads exactly one crosses a mark; the one that crosses the last mark sees that neither is passed any more.
        bool isCrossing = (bytesLeft <= HighBytes && bytesLeft + bytes > HighBytes)
            || (unitsLeft <= HighUnits && unitsLeft + units > HighUnits);
        if (isCrossing && !IsHigh) Release();
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
