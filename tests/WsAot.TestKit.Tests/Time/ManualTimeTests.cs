using WsAot.TestKit.Time;

namespace WsAot.TestKit.Tests.Time;

public sealed class ManualTimeTests
{
    [Fact]
    public void Time_stands_still_until_it_is_told_to_go_on()
    {
        var time = new ManualTime(nowMs: 5);
        Assert.Equal((5L, 5L, ManualTime.Start.AddMilliseconds(5)), (time.NowMs, time.GetTimestamp(), time.GetUtcNow()));
        time.Advance(10);
        Assert.Equal((15L, TimeSpan.FromMilliseconds(10)), (time.NowMs, time.GetElapsedTime(5)));
    }

    [Fact]
    public void A_timer_runs_once_when_it_is_due()
    {
        var time = new ManualTime();
        int runs = 0;
        using ITimer timer = time.CreateTimer(_ => runs++, null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        time.Advance(9);
        Assert.Equal(0, runs);
        time.Advance(1);
        time.Advance(100);
        Assert.Equal(1, runs);
        timer.Change(TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        time.Advance(100);
        Assert.Equal(1, runs);
    }
}
