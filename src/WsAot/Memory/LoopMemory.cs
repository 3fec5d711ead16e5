using WsAot.Transport.Buffers;

namespace WsAot.Memory;

/// <summary>
/// Frees memory that a loop no longer uses. The loop wakes up for it a few times after something has happened, and longer only while its
/// pool keeps free buffers or garbage waits to be collected; an idle server is not woken.
/// </summary>
internal sealed class LoopMemory(LoopBufferPool? pool, MemoryReclaimer heap, IMemoryWatch? watch = null)
{
    /// <summary>A buffer that stays free for this long is dropped, so within two intervals an idle loop keeps nothing.</summary>
    public const int IntervalMs = MemoryReclaimer.LookIntervalMs;

    /// <summary>
    /// How often the loop looks after the last thing that happened, while much is resident: the first look may find connections that are
    /// still closing, and what they used in the pool.
    /// </summary>
    public const int MaxLooks = 5;

    private long _dueMs = -1;
    private int _looksLeft;

    /// <summary>Frees what is due. Called when a batch ends.</summary>
    /// <returns>Milliseconds until the next call; -1 if none is needed.</returns>
    public int Advance(long nowMs)
    {
        if (nowMs < _dueMs)
        {
            // Something else has woken the loop.
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
