using WsAot.Transport.Buffers;

namespace WsAot.Memory;

/// <summary>
/// Frees memory that a loop no longer uses. For this, the loop wakes up a few times after its last activity, and longer only while its pool
/// keeps free buffers or garbage waits to be collected. An idle server is not woken.
/// </summary>
internal sealed class LoopMemory(LoopBufferPool? pool, MemoryReclaimer heap, IMemoryWatch? watch = null)
{
    /// <summary>A buffer that stays free for this long is dropped, so an idle loop keeps none after two intervals.</summary>
    public const int IntervalMs = MemoryReclaimer.LookIntervalMs;

    /// <summary>
    /// How many times the loop takes a reading after its last activity, while much memory is resident. At the first reading, connections
    /// may still be closing, and their buffers may still be in the pool.
    /// </summary>
    public const int MaxLooks = 5;

    private long _dueMs = -1;
    private int _looksLeft;

    /// <summary>Frees the memory that is due. Called when a batch ends.</summary>
    /// <returns>Milliseconds until the next call; -1 if none is needed.</returns>
    public int Advance(long nowMs)
    {
        if (nowMs < _dueMs)
        {
            // The loop was woken by something else.
            _looksLeft = MaxLooks;
            return (int)(_dueMs - nowMs);
        }

        if (_dueMs < 0)
        {
            _looksLeft = MaxLooks;
        }
        else
        {
            if (pool is not null) heap.AddDropped(pool.Trim());
            heap.Look(nowMs);
            _looksLeft = heap.IsMuchResident ? _looksLeft - 1 : 0;
        }

        watch?.OnActive(nowMs);
        bool goesOn = _looksLeft > 0 || heap.IsDue || pool is { KeptCount: > 0 };
        _dueMs = goesOn ? nowMs + IntervalMs : -1;
        return goesOn ? IntervalMs : -1;
    }
}
