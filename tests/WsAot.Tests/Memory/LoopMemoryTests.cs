using WsAot.Memory;
using WsAot.Transport.Buffers;

namespace WsAot.Tests.Memory;

public sealed class LoopMemoryTests
{
    private readonly LoopBufferPool _pool = new();
    private readonly LoopMemory _memory;
    private int _givenBack;

    public LoopMemoryTests() => _memory = new LoopMemory(_pool, new MemoryReclaimer(() => _givenBack++));

    [Fact]
    public void A_loop_that_keeps_nothing_is_not_woken() => Assert.Equal(-1, _memory.Advance(1000));

    [Fact]
    public void What_a_flood_leaves_is_gone_within_two_intervals_and_then_the_loop_rests()
    {
        Flood(17);
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(1000));
        Assert.Equal(LoopMemory.IntervalMs - 1, _memory.Advance(1001));
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(1000 + LoopMemory.IntervalMs));
        Assert.Equal(17, _pool.KeptCount);
        Assert.Equal(-1, _memory.Advance(1000 + (2 * LoopMemory.IntervalMs)));
        Assert.Equal(0, _pool.KeptCount);
        Assert.Equal(1, _givenBack);
    }

    [Fact]
    public void A_loop_wakes_until_what_must_wait_has_been_given_back()
    {
        Flood(17);
        long nowMs = 0;
        while (_memory.Advance(nowMs) is >= 0 and int waitMs) nowMs += waitMs;
        Flood(17);
        long againMs = nowMs;
        while (_memory.Advance(nowMs) is >= 0 and int waitMs) nowMs += waitMs;
        Assert.Equal(2, _givenBack);
        Assert.InRange(nowMs - againMs, MemoryReclaimer.MinIntervalMs, MemoryReclaimer.MinIntervalMs + LoopMemory.IntervalMs);
    }

    private void Flood(int mebibytes)
    {
        byte[][] buffers = [.. Enumerable.Range(0, mebibytes).Select(_ => _pool.Rent(1 << 20))];
        foreach (byte[] buffer in buffers) _pool.Return(buffer);
    }
}
