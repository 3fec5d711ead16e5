namespace WsAot.Memory;

/// <summary>
/// Returns memory to the system once there is enough that nobody needs. The runtime collects only when something is allocated, so a server
/// that becomes idle after a flood would keep all of it. Any thread.
/// </summary>
/// <param name="giveBack">Collects all garbage on the calling loop's thread, and returns how many milliseconds that took.</param>
/// <param name="read">Looks at the process.</param>
internal sealed class MemoryReclaimer(Func<long> giveBack, Func<MemoryReading> read)
{
    /// <summary>The shortest time between two looks, however many loops ask.</summary>
    public const int LookIntervalMs = 2000;

    /// <summary>The shortest time between two collections, however often clients flood and rest.</summary>
    public const int MinIntervalMs = 20_000;

    /// <summary>A collection takes at most one two-hundredth of the time, since it takes longer with many live connections.</summary>
    public const int MinIntervalPerMs = 200;

    private readonly GarbageEstimate _estimate = new(read());
    private long _droppedBytes;
    private long _nextLookMs = long.MinValue;
    private long _earliestMs;
    private int _isLooking;

    /// <summary>Whether it waits for the time when it may collect.</summary>
    public bool IsDue => Volatile.Read(ref _droppedBytes) >= GarbageEstimate.DueBytes || _estimate.IsDue;

    /// <summary>Whether so much is resident that garbage may come of it.</summary>
    public bool IsMuchResident => _estimate.IsMuchResident;

    /// <summary>Counts dropped bytes that will not be needed soon.</summary>
    public void AddDropped(long bytes) => Interlocked.Add(ref _droppedBytes, bytes);

    /// <summary>Looks at the process, and collects if that is probably worth it and the last time is long enough ago.</summary>
    public void Look(long nowMs)
    {
        // One loop at a time: the others are stopped during a collection, and would repeat it.
        if (nowMs < Volatile.Read(ref _nextLookMs) || Interlocked.Exchange(ref _isLooking, 1) != 0) return;
        Volatile.Write(ref _nextLookMs, nowMs + LookIntervalMs);
        _estimate.Look(read());
        if (IsDue && nowMs >= _earliestMs)
        {
            Interlocked.Exchange(ref _droppedBytes, 0);
            _earliestMs = nowMs + Math.Max(MinIntervalMs, giveBack() * MinIntervalPerMs);
            _estimate.OnCollected(read());
        }

        Volatile.Write(ref _isLooking, 0);
    }
}
