namespace WsAot.Memory;

/// <summary>
/// Counts what the server has dropped, and gives it back to the system once it is much. The runtime collects only when something is
/// allocated: a server that has become idle after a flood would keep all of it. Any thread.
/// </summary>
/// <param name="giveBack">Collects everything, on the thread of the loop that asks, and says how many milliseconds that took.</param>
internal sealed class MemoryReclaimer(Func<long> giveBack)
{
    /// <summary>Less than this is not worth stopping all loops.</summary>
    public const long DueBytes = 16 * 1024 * 1024;

    /// <summary>However peers flood and rest, they make the server stop no more often than this,</summary>
    public const int MinIntervalMs = 20_000;

    /// <summary>nor for more than one two-hundredth of the time: where many connections live, it takes longer.</summary>
    public const int MinIntervalPerMs = 200;

    /// <summary>What a connection that is gone leaves: session, handler and transport. 10,000 idle ones are 5 MiB.</summary>
    public const int ConnectionBytes = 500;

    /// <summary>What zlib's memory for one connection may leave in the C library's heap; the large part goes back by itself.</summary>
    public const int CompressionBytes = 40 * 1024;

    private long _droppedBytes;
    private long _earliestMs;
    private int _isGivingBack;

    /// <summary>Whether enough has been dropped.</summary>
    public bool IsDue => Volatile.Read(ref _droppedBytes) >= DueBytes;

    /// <summary>Bytes were dropped that will not be asked for soon.</summary>
    public void AddDropped(long bytes) => Interlocked.Add(ref _droppedBytes, bytes);

    /// <summary>Gives back what was dropped, if it is much and the last time is long enough ago.</summary>
    public void GiveBackIfDue(long nowMs)
    {
        // One loop at a time: the others are stopped meanwhile, and would do it all over again.
        if (!IsDue || Interlocked.Exchange(ref _isGivingBack, 1) != 0) return;
        if (nowMs >= _earliestMs)
        {
            Interlocked.Exchange(ref _droppedBytes, 0);
            _earliestMs = nowMs + Math.Max(MinIntervalMs, giveBack() * MinIntervalPerMs);
        }

        Volatile.Write(ref _isGivingBack, 0);
    }
}
