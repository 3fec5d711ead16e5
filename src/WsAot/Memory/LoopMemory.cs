using WsAot.Transport.Buffers;

namespace WsAot.Memory;

/// <summary>
/// Frees memory that a loop no longer uses. While its pool keeps free buffers the loop wakes up now and then for it; an idle server keeps
/// none and is not woken.
/// </summary>
internal sealed class LoopMemory(LoopBufferPool? pool, MemoryReclaimer heap)
{
    /// <summary>A buffer that stays free for this long is dropped, so within two intervals an idle loop keeps nothing.</summary>
    public const int IntervalMs = 2000;

    private long _dueMs = -1;

    /// <summary>Frees what is due.</summary>
    /// <returns>Milliseconds until the next call; -1 if none is needed.</returns>
    public int Advance(long nowMs)
    {
        if (_dueMs >= 0 && nowMs < _dueMs) return (int)(_dueMs - nowMs);
        if (_dueMs >= 0)
        {
            if (pool is not null) heap.AddDropped(pool.Trim());
            heap.GiveBackIfDue(nowMs);
        }

        bool isAnythingLeft = pool is { KeptCount: > 0 } || heap.IsDue;
        _dueMs = isAnythingLeft ? nowMs + IntervalMs : -1;
        return isAnythingLeft ? IntervalMs : -1;
    }
}
