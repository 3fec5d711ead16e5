namespace WsAot.Memory;

/// <summary>
/// Returns memory to the system once there is enough that nobody needs. The runtime collects only when something is allocated, so a server
/// that becomes idle after a flood would keep all of it. Any thread.
/// </summary>
/// <param name="giveBack">
/// Collects all garbage on the calling loop's thread, and returns how many milliseconds of the processor that took.
/// </param>
/// <param name="read">Looks at the process.</param>
internal sealed class MemoryReclaimer(Func<long> giveBack, Func<MemoryReading> read)
{
    /// <summary>The shortest time between two looks, however many loops ask.</summary>
    public const int LookIntervalMs = 2000;

    /// <summary>The shortest time between two collections, however often clients flood and rest.</summary>
    public const int MinIntervalMs = 20_000;

    /// <summary>Collections take about one two-hundredth of the time, since one takes longer with many live connections.</summary>
    public const int IntervalPerMs = 200;

    /// <summary>
    /// The time that can be saved up for them. The first one after a crowd may be slow, and what it has left must not wait for minutes.
    /// </summary>
    public const int MaxSavedMs = 500;

    /// <summary>The time that can be owed: however long one takes, the next may come after a minute.</summary>
    public const int MaxOwedMs = 3 * MinIntervalMs / IntervalPerMs;

    /// <summary>The shortest time between two collections while memory is running out.</summary>
    public const int UrgentIntervalMs = 2000;

    /// <summary>They take about one twentieth of the time then.</summary>
    public const int UrgentIntervalPerMs = 20;

    private readonly GarbageEstimate _estimate = new(read());
    private long _droppedBytes;
    private long _nextLookMs = long.MinValue;
    private long _earliestMs = long.MinValue;
    private long _savedAtMs;                        // when the saved time was reckoned up last
    private double _savedMs = MaxSavedMs;
    private long _earliestUrgentMs = long.MinValue;
    private bool _wasMuchDropped;
    private int _isLooking;

    /// <summary>Whether it waits for the time when it may collect.</summary>
    public bool IsDue => IsMuchDropped || _estimate.IsDue;

    /// <summary>Whether so much is resident that garbage may come of it.</summary>
    public bool IsMuchResident => _estimate.IsMuchResident;

    private bool IsMuchDropped => Volatile.Read(ref _droppedBytes) >= GarbageEstimate.DueBytes;

    /// <summary>Counts dropped bytes that will not be needed soon.</summary>
    public void AddDropped(long bytes) => Interlocked.Add(ref _droppedBytes, bytes);

    /// <summary>Looks at the process, and collects if that is probably worth it and the last time is long enough ago.</summary>
    public void Look(long nowMs)
    {
        // One loop at a time: the others are stopped during a collection, and would repeat it.
        if (nowMs < Volatile.Read(ref _nextLookMs) || Interlocked.Exchange(ref _isLooking, 1) != 0) return;
        Volatile.Write(ref _nextLookMs, nowMs + LookIntervalMs);
        _estimate.Look(read());
        // What one loop drops now, the others drop within an interval; and a crowd that is leaving drops more.
        bool isDue = (_wasMuchDropped && IsMuchDropped && !_estimate.IsCrowdLeaving) || _estimate.IsDue;
        _wasMuchDropped = IsMuchDropped;
        if (isDue && nowMs >= _earliestMs && HasTimeSaved(nowMs))
        {
            GiveBack(nowMs);
        }

        Volatile.Write(ref _isLooking, 0);
    }

    /// <summary>Collects because memory is running out, whatever was expected of it, if the last time is long enough ago.</summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="isUrgent">Whether connections would be closed next: then it may take more of the time.</param>
    /// <returns>Whether it has collected.</returns>
    public bool TryGiveBack(long nowMs, bool isUrgent)
    {
        if (Interlocked.Exchange(ref _isLooking, 1) != 0) return false;
        bool isDue = isUrgent ? nowMs >= _earliestUrgentMs : nowMs >= _earliestMs && HasTimeSaved(nowMs);
        if (isDue) GiveBack(nowMs);
        Volatile.Write(ref _isLooking, 0);
        return isDue;
    }

    private void GiveBack(long nowMs)
    {
        _wasMuchDropped = false;
        Interlocked.Exchange(ref _droppedBytes, 0);
        _earliestMs = nowMs + MinIntervalMs;
        long tookMs = giveBack();
        _earliestUrgentMs = nowMs + Math.Max(UrgentIntervalMs, tookMs * UrgentIntervalPerMs);
        _savedMs = Math.Max(_savedMs - tookMs, -MaxOwedMs);
        _estimate.OnCollected(read());
    }

    private bool HasTimeSaved(long nowMs)
    {
        _savedMs = Math.Min(MaxSavedMs, _savedMs + ((double)(nowMs - _savedAtMs) / IntervalPerMs));
        _savedAtMs = nowMs;
        return _savedMs > 0;
    }
}
