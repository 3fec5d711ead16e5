using WsAot.Loops;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

public sealed class DeliveryBacklogTests
{
    private const int Mark = 16 * 1024 * 1024;

    private readonly DeliveryBacklog _backlog = new();

    [Fact]
    public void Beyond_the_limit_nothing_is_taken()
    {
        var small = new DeliveryBacklog(10);
        Assert.True(small.TryAdd(10));
        Assert.False(small.TryAdd(1));
        small.Remove(10);
        Assert.True(small.TryAdd(1));
    }

    [Fact]
    public void Those_who_wait_are_told_once_when_no_more_waits_than_the_mark()
    {
        var waiter = new Waiter();
        Assert.True(_backlog.TryAdd(Mark + 2));
        _backlog.Wait(waiter);
        _backlog.Remove(1);
        Assert.Equal(0, waiter.Told);
        _backlog.Remove(1);
        Assert.Equal(1, waiter.Told);
        _backlog.Remove(1);
        Assert.True(_backlog.TryAdd(3));
        _backlog.Remove(3);
        Assert.Equal(1, waiter.Told);
    }

    [Fact]
    public void Much_work_is_waited_for_like_many_bytes()
    {
        var waiter = new Waiter();
        Assert.True(_backlog.TryAdd(Mark + 1, TurnCosts.Turn));
        for (int i = 0; i < 4; i++) Assert.True(_backlog.TryAdd(1, TurnCosts.Turn));
        _backlog.Wait(waiter);
        _backlog.Remove(Mark + 1);
        Assert.True(_backlog.IsHigh);
        Assert.Equal(0, waiter.Told);
        _backlog.Remove(1, TurnCosts.Turn);
        Assert.False(_backlog.IsHigh);
        Assert.Equal(1, waiter.Told);
    }

    [Fact]
    public void Who_comes_when_the_mark_is_passed_already_is_told_at_once()
    {
        var waiter = new Waiter();
        _backlog.Wait(waiter);
        Assert.Equal(1, waiter.Told);
    }

    [Fact]
    public void Many_threads_lose_no_waiter()
    {
        for (int round = 0; round < 200; round++)
        {
            Assert.True(_backlog.TryAdd(Mark + 1));
            Waiter[] waiters = [.. Enumerable.Range(0, 8).Select(static _ => new Waiter())];
            Parallel.Invoke([.. waiters.Select<Waiter, Action>(waiter => () => _backlog.Wait(waiter)), () => _backlog.Remove(Mark + 1)]);
            Assert.All(waiters, static waiter => Assert.Equal(1, waiter.Told));
        }
    }

    private sealed class Waiter : IBacklogWaiter
    {
        private int _told;

        public int Told => _told;

        public void OnBacklogLow() => Interlocked.Increment(ref _told);
    }
}
