using WsAot.Transport.Buffers;

namespace WsAot.Memory;

/// <summary>
/// Gives back what a loop uses no more. While its pool keeps anything the loop wakes for it now and then; an idle server keeps nothing,
/// and is not woken.
/// </summary>
internal sealed class LoopMemory(LoopBufferPool? pool, MemoryReclaimer heap)
{
    /// <summary>What was free for so long is dropped: within two of these a loop that has become idle keeps nothing.</summary>
    public const int IntervalMs = 2000;

    private long _dueMs = -1;

    /// <summary>Does what is due.</summary>
    /// <returns>In how many milliseconds something will be; -1: never, as things are.</returns>
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
