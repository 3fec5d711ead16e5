using WsAot.Loops;

namespace WsAot.Topics;

/// <summary>
/// The published messages that other loops have not delivered yet, by their bytes and by their work. Above the high mark of either, WsAot
/// stops reading from connections that publish until the messages have been delivered. A publisher on another thread cannot be slowed down
/// like that, so its messages are dropped above the limit. Any thread.
/// </summary>
/// <param name="maxBytes">The limit. Tests use a smaller one than the default.</param>
internal sealed class DeliveryBacklog(long maxBytes = DeliveryBacklog.DefaultMaxBytes)
{
    private const long DefaultMaxBytes = 128 * 1024 * 1024;
    private const long HighBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Four turns' worth of deliveries: tens of milliseconds. Small messages to many subscribers take much time before they take much
    /// memory, and all work posted to a loop waits behind them.
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
    /// <param name="units">The cost of its delivery, in units of <see cref="TurnCosts"/>.</param>
    /// <returns>False if the message would exceed the limit: it is not added.</returns>
    public bool TryAdd(int bytes, int units = 0)
    {
        Interlocked.Add(ref _units, units);
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes) return true;
        Remove(bytes, units);
        return false;
    }

    /// <summary>Removes a message that has been delivered.</summary>
    public void Remove(int bytes, int units = 0)
    {
        long bytesLeft = Interlocked.Add(ref _bytes, -bytes);
        long unitsLeft = Interlocked.Add(ref _units, -units);
        // Exactly one thread crosses each mark on the way down, and the one that crosses the second mark sees both low.
        bool isCrossing = (bytesLeft <= HighBytes && bytesLeft + bytes > HighBytes)
            || (unitsLeft <= HighUnits && unitsLeft + units > HighUnits);
        if (isCrossing && !IsHigh) Release();
    }

    /// <summary>Notifies a waiter when the backlog is below the high mark: at once if it is already below.</summary>
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
