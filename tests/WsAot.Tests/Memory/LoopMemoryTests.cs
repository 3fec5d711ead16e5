using WsAot.Memory;
using WsAot.Transport.Buffers;

namespace WsAot.Tests.Memory;

public sealed class LoopMemoryTests
{
    private readonly LoopBufferPool _pool = new();
    private readonly LoopMemory _memory;
    private MemoryReading _process;
    private int _givenBack;

    public LoopMemoryTests() => _memory = new LoopMemory(_pool, new MemoryReclaimer(() => _givenBack++, () => _process));

    [Fact]
    public void A_loop_that_keeps_nothing_looks_once_after_something_has_happened_and_rests()
    {
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(1000));
        Assert.Equal(LoopMemory.IntervalMs - 10, _memory.Advance(1010));
        Assert.Equal(-1, _memory.Advance(1000 + LoopMemory.IntervalMs));
    }

    [Fact]
    public void While_much_is_resident_it_looks_a_few_times_after_the_last_thing_that_happened()
    {
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(0));
        _process = new(100 * GarbageEstimate.DueBytes, AllocatedBytes: 0, Connections: 1000, MostConnections: 1000);
        long nowMs = 0;
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(nowMs += LoopMemory.IntervalMs));
            Assert.Equal(LoopMemory.IntervalMs - 1, _memory.Advance(nowMs + 1));
        }

        long restMs = nowMs;
        while (_memory.Advance(nowMs) is >= 0 and int waitMs) nowMs += waitMs;
        Assert.Equal(LoopMemory.MaxLooks * LoopMemory.IntervalMs, nowMs - restMs);
        Assert.Equal(0, _givenBack);
    }

    [Fact]
    public void It_looks_on_until_it_may_collect_for_a_crowd_that_has_gone()
    {
        _memory.Advance(0);
        Flood(17);
        long nowMs = 0;
        while (_memory.Advance(nowMs) is >= 0 and int waitMs) nowMs += waitMs;
        Assert.Equal(1, _givenBack);
        _process = new(100 * GarbageEstimate.DueBytes, AllocatedBytes: 0, Connections: 1000, MostConnections: 1000);
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(++nowMs));
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(nowMs += LoopMemory.IntervalMs));
        _process = _process with { Connections = 0 };
        long goneMs = nowMs;
        while (_memory.Advance(nowMs) is >= 0 and int waitMs) nowMs += waitMs;
        Assert.Equal(2, _givenBack);
        Assert.InRange(nowMs - goneMs, 0, 30_000);
    }

    [Fact]
    public void What_a_flood_leaves_is_dropped_within_two_intervals_and_given_back_in_the_third()
    {
        Flood(17);
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(1000));
        Assert.Equal(LoopMemory.IntervalMs - 1, _memory.Advance(1001));
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(1000 + LoopMemory.IntervalMs));
        Assert.Equal(17, _pool.KeptCount);
        Assert.Equal(LoopMemory.IntervalMs, _memory.Advance(1000 + (2 * LoopMemory.IntervalMs)));
        Assert.Equal(0, _pool.KeptCount);
        Assert.Equal(-1, _memory.Advance(1000 + (3 * LoopMemory.IntervalMs)));
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
