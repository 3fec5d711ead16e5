using WsAot.Memory;

namespace WsAot.Tests.Memory;

public sealed class MemoryReclaimerTests
{
    private readonly MemoryReclaimer _heap;
    private int _givenBack;
    private long _tookMs;
    private Action _during = static () => { };

    public MemoryReclaimerTests() => _heap = new MemoryReclaimer(() =>
    {
        _givenBack++;
        _during();
        return _tookMs;
    });

    [Fact]
    public void Little_is_left_to_the_runtime()
    {
        _heap.AddDropped(MemoryReclaimer.DueBytes - 1);
        _heap.GiveBackIfDue(0);
        Assert.Equal(0, _givenBack);
        _heap.AddDropped(1);
        _heap.GiveBackIfDue(0);
        Assert.Equal(1, _givenBack);
        Assert.False(_heap.IsDue);
    }

    [Fact]
    public void Two_times_are_apart_and_what_was_dropped_between_is_not_forgotten()
    {
        Drop(nowMs: 5);
        Drop(nowMs: 6);
        _heap.GiveBackIfDue(5 + MemoryReclaimer.MinIntervalMs - 1);
        Assert.Equal(1, _givenBack);
        Assert.True(_heap.IsDue);
        _heap.GiveBackIfDue(5 + MemoryReclaimer.MinIntervalMs);
        Assert.Equal(2, _givenBack);
    }

    [Fact]
    public void The_longer_it_takes_the_farther_apart_two_times_are()
    {
        _tookMs = 300;
        Drop(nowMs: 0);
        Drop(nowMs: (300 * MemoryReclaimer.MinIntervalPerMs) - 1);
        Assert.Equal(1, _givenBack);
        _heap.GiveBackIfDue(300 * MemoryReclaimer.MinIntervalPerMs);
        Assert.Equal(2, _givenBack);
    }

    [Fact]
    public void One_loop_does_it_for_all()
    {
        _during = () =>
        {
            _during = static () => { };
            Drop(nowMs: 2 * MemoryReclaimer.MinIntervalMs);
        };
        Drop(nowMs: 0);
        Assert.Equal(1, _givenBack);
        Assert.True(_heap.IsDue);
    }

    private void Drop(long nowMs)
    {
        _heap.AddDropped(MemoryReclaimer.DueBytes);
        _heap.GiveBackIfDue(nowMs);
    }
}
