namespace WsAot.Memory;

/// <summary>
/// Counts the memory that the server has dropped, and returns it to the system once there is enough. The runtime collects only when
/// something is allocated, so a server that becomes idle after a flood would keep all of it. Any thread.
/// </summary>
/// <param name="giveBack">Collects all garbage on the calling loop's thread, and returns how many milliseconds that took.</param>
internal sealed class MemoryReclaimer(Func<long> giveBack)
{
    /// <summary>Less than this is not worth stopping all loops for.</summary>
    public const long DueBytes = 16 * 1024 * 1024;

    /// <summary>The shortest time between two collections, however often clients flood and rest.</summary>
    public const int MinIntervalMs = 20_000;

    /// <summary>A collection takes at most one two-hundredth of the time, since it takes longer with many live connections.</summary>
    public const int MinIntervalPerMs = 200;

    /// <summary>The memory that a closed connection leaves behind: session, handler and transport. 10,000 idle ones take 5 MiB.</summary>
    public const int ConnectionBytes = 500;

    /// <summary>The memory of one connection's zlib that may stay in the C library's heap; the large part is returned by itself.</summary>
    public const int CompressionBytes = 40 * 1024;

    private long _droppedBytes;
    private long _earliestMs;
    private int _isGivingBack;

    /// <summary>Whether enough memory has been dropped.</summary>
    public bool IsDue => Volatile.Read(ref _droppedBytes) >= DueBytes;

    /// <summary>Counts dropped bytes that will not be needed soon.</summary>
    public void AddDropped(long bytes) => Interlocked.Add(ref _droppedBytes, bytes);

    /// <summary>Collects if enough has been dropped and the last time is long enough ago.</summary>
    public void GiveBackIfDue(long nowMs)
    {
        // One loop at a time: the others are stopped during a collection, and would repeat it.
        if (!IsDue || Interlocked.Exchange(ref _isGivingBack, 1) != 0) return;
        if (nowMs >= _earliestMs)
        {
            Interlocked.Exchange(ref _droppedBytes, 0);
            _earliestMs = nowMs + Math.Max(MinIntervalMs, giveBack() * MinIntervalPerMs);
        }

        Volatile.Write(ref _isGivingBack, 0);
    }
}
