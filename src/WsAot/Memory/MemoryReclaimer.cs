namespace WsAot.Memory;

/// <summary>
/// Returns memory to the system when enough of it is unused. The runtime collects only when something is allocated, so a server that
/// becomes idle after a flood would keep all of it. Any thread.
/// </summary>
/// <param name="giveBack">
/// Collects all garbage on the calling loop's thread, and returns the processor time that it took, in milliseconds.
/// </param>
/// <param name="read">Takes a reading of the process.</param>
internal sealed class MemoryReclaimer(Func<long> giveBack, Func<MemoryReading> read)
{
    /// <summary>The shortest time between two readings, even if many loops ask.</summary>
    public const int LookIntervalMs = 2000;

    /// <summary>The shortest time between two collections, even if clients flood and pause again and again.</summary>
    public const int MinIntervalMs = 20_000;

    /// <summary>
    /// Collections may take 1/200 of the time. A limit is needed because a collection takes longer with many live connections.
    /// </summary>
    public const int IntervalPerMs = 200;

    /// <summary>
    /// How much collection time can be saved up. The first collection after a crowd may be slow, and must not wait for minutes.
    /// </summary>
    public const int MaxSavedMs = 500;

    /// <summary>How much collection time can be owed: even after a very long collection, the next may follow after a minute.</summary>
    public const int MaxOwedMs = 3 * MinIntervalMs / IntervalPerMs;

    /// <summary>The shortest time between two collections while memory is running out.</summary>
    public const int UrgentIntervalMs = 2000;

    /// <summary>Collections may then take 1/20 of the time.</summary>
    public const int UrgentIntervalPerMs = 20;

    private readonly GarbageEstimate _estimate = new(read());
    private long _droppedBytes;
    private long _nextLookMs = long.MinValue;
    private long _earliestMs = long.MinValue;
    private long _savedAtMs;                        // when the saved time was last updated
    private double _savedMs = MaxSavedMs;
    private long _earliestUrgentMs = long.MinValue;
    private bool _wasMuchDropped;
    private int _isLooking;

    /// <summary>Whether a collection is due and waits until it is allowed.</summary>
    public bool IsDue => IsMuchDropped || _estimate.IsDue;

    /// <summary>Whether so much memory is resident that some of it may become garbage.</summary>
    public bool IsMuchResident => _estimate.IsMuchResident;

    private bool IsMuchDropped => Volatile.Read(ref _droppedBytes) >= GarbageEstimate.DueBytes;

    /// <summary>Counts bytes of dropped buffers that will not be needed soon.</summary>
    public void AddDropped(long bytes) => Interlocked.Add(ref _droppedBytes, bytes);

    /// <summary>Takes a reading, and collects if that is probably worthwhile and the last collection is long enough ago.</summary>
    public void Look(long nowMs)
    {
        // One loop at a time: a collection stops the others, and they would repeat it.
        if (nowMs < Volatile.Read(ref _nextLookMs) || Interlocked.Exchange(ref _isLooking, 1) != 0) return;
        Volatile.Write(ref _nextLookMs, nowMs + LookIntervalMs);
        _estimate.Look(read());
        // The other loops drop their buffers within an interval of the first one, and a crowd that is still leaving drops more.
        bool isDue = (_wasMuchDropped && IsMuchDropped && !_estimate.IsCrowdLeaving) || _estimate.IsDue;
        _wasMuchDropped = IsMuchDropped;
        if (isDue && nowMs >= _earliestMs && HasTimeSaved(nowMs))
        {
            GiveBack(nowMs);
        }

        Volatile.Write(ref _isLooking, 0);
    }

    /// <summary>Collects because memory is running out, whatever the estimate, if the last collection is long enough ago.</summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="isUrgent">Whether connections would be closed next. Collections may then take more of the time.</param>
    /// <returns>Whether it collected.</returns>
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
