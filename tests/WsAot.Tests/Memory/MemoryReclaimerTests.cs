using WsAot.Memory;

namespace WsAot.Tests.Memory;

public sealed class MemoryReclaimerTests
{
    private const long MiB = 1024 * 1024;

    private readonly MemoryReclaimer _heap;
    private MemoryReading _now = new(10 * MiB);
    private long _nowMs;
    private int _givenBack;
    private long _tookMs;
    private Action _during = static () => { };

    public MemoryReclaimerTests() => _heap = new MemoryReclaimer(GiveBack, () => _now);

    /// <summary>What is resident after the next collection; null: as much as before.</summary>
    private long? LeftMiB { get; set; }

    [Fact]
    public void Little_is_left_to_the_runtime()
    {
        _heap.AddDropped(GarbageEstimate.DueBytes - 1);
        LookTwice();
        Assert.Equal(0, _givenBack);
        _heap.AddDropped(1);
        LookTwice();
        Assert.Equal(1, _givenBack);
        Assert.False(_heap.IsDue);
    }

    [Fact]
    public void Two_times_are_apart_and_what_was_dropped_between_is_not_forgotten()
    {
        Drop();
        Drop();
        LookUntil(MemoryReclaimer.LookIntervalMs + MemoryReclaimer.MinIntervalMs - 1);
        Assert.Equal(1, _givenBack);
        Assert.True(_heap.IsDue);
        LookUntil(MemoryReclaimer.MinIntervalMs + (2 * MemoryReclaimer.LookIntervalMs));
        Assert.Equal(2, _givenBack);
    }

    [Fact]
    public void The_longer_it_takes_the_farther_apart_two_times_are()
    {
        _tookMs = MemoryReclaimer.MaxOwedMs;
        while (_nowMs < 3_000_000) Drop();
        // 15 s, and what was saved up before.
        Assert.InRange(_givenBack * _tookMs, 15_000, 15_000 + MemoryReclaimer.MaxSavedMs + _tookMs);
    }

    [Fact]
    public void One_that_takes_very_long_does_not_put_off_the_next_for_minutes()
    {
        _tookMs = 10_000;
        Drop();
        Drop();
        LookUntil((MemoryReclaimer.MaxOwedMs * MemoryReclaimer.IntervalPerMs) + (4 * MemoryReclaimer.LookIntervalMs));
        Assert.Equal(2, _givenBack);
    }

    [Fact]
    public void What_a_slow_one_leaves_does_not_wait_for_minutes()
    {
        _tookMs = MemoryReclaimer.MaxSavedMs - 1;
        Drop();
        Drop();
        LookUntil(MemoryReclaimer.MinIntervalMs + (2 * MemoryReclaimer.LookIntervalMs));
        Assert.Equal(2, _givenBack);
    }

    [Fact]
    public void One_loop_does_it_for_all()
    {
        _during = () =>
        {
            _during = static () => { };
            _nowMs += 2 * MemoryReclaimer.MinIntervalMs;
            Drop();
        };
        Drop();
        Assert.Equal(1, _givenBack);
        Assert.True(_heap.IsDue);
    }

    [Fact]
    public void Loops_that_look_at_the_same_time_look_once()
    {
        int looks = 0;
        var heap = new MemoryReclaimer(static () => 0, () =>
        {
            looks++;
            return _now;
        });
        for (int i = 0; i < 10; i++) heap.Look(MemoryReclaimer.LookIntervalMs - 1);
        heap.Look((2 * MemoryReclaimer.LookIntervalMs) - 1);
        Assert.Equal(1 + 2, looks);
    }

    [Fact]
    public void Whatever_a_crowd_held_is_given_back_when_it_has_gone()
    {
        Crowd(500, residentMiB: 2038);
        Assert.Equal(0, _givenBack);
        LeftMiB = 12;
        Crowd(0, residentMiB: 2038);
        LookUntilSettled();
        Assert.Equal(1, _givenBack);
        LookUntil(10 * MemoryReclaimer.MinIntervalMs);
        Assert.Equal(1, _givenBack);
    }

    [Fact]
    public void While_it_still_leaves_it_is_waited_for()
    {
        Crowd(500, residentMiB: 2038);
        for (int left = 490; left > 0; left -= ((500 - left) / 2) + 1) Crowd(left, residentMiB: 2038);
        Assert.Equal(0, _givenBack);
    }

    [Fact]
    public void A_part_of_it_leaves_its_share()
    {
        Crowd(1000, residentMiB: 110);
        Crowd(850, residentMiB: 110);
        LookUntilSettled();
        Assert.Equal(0, _givenBack);
        Crowd(800, residentMiB: 110);
        LookUntilSettled();
        Assert.Equal(1, _givenBack);
    }

    [Fact]
    public void A_crowd_that_is_there_is_not_collected_for_what_it_holds()
    {
        Crowd(500, residentMiB: 500);
        LookUntil(10 * MemoryReclaimer.MinIntervalMs);
        Assert.Equal(0, _givenBack);
    }

    [Fact]
    public void What_a_quiet_server_holds_without_more_connections_is_left_over()
    {
        _now = _now with { ResidentBytes = 200 * MiB, AllocatedBytes = 500 * MiB };
        Look();
        Assert.Equal(0, _givenBack);
        LeftMiB = 11;
        Look();
        Assert.Equal(1, _givenBack);
    }

    [Fact]
    public void A_server_that_allocates_collects_by_itself()
    {
        for (int i = 0; i < 1000; i++)
        {
            _now = _now with { ResidentBytes = (100 + (i % 50)) * MiB, AllocatedBytes = _now.AllocatedBytes + GarbageEstimate.QuietBytes };
            Look();
        }

        Assert.Equal(0, _givenBack);
    }

    [Fact]
    public void What_was_in_use_a_moment_longer_is_tried_once_more()
    {
        Crowd(500, residentMiB: 2000);
        LeftMiB = 300;
        Crowd(0, residentMiB: 2000);
        LookUntilSettled();
        LookUntil(_nowMs + MemoryReclaimer.MinIntervalMs + MemoryReclaimer.LookIntervalMs);
        Assert.Equal(2, _givenBack);
        LookUntil(_nowMs + (10 * MemoryReclaimer.MinIntervalMs));
        Assert.Equal(2, _givenBack);
    }

    [Fact]
    public void Where_the_application_itself_holds_much_who_comes_and_goes_costs_few_collections()
    {
        _now = _now with { ResidentBytes = 1000 * MiB };
        for (int i = 0; i < 1000; i++)
        {
            Crowd(900, residentMiB: 1000);
            Crowd(1000, residentMiB: 1000);
            Crowd(900, residentMiB: 1000);
            LookUntilSettled();
        }

        Assert.InRange(_givenBack, 1, 10);
        LeftMiB = 900;
        LookUntil(_nowMs + MemoryReclaimer.MinIntervalMs);
        Crowd(0, residentMiB: 1000);
        int before = _givenBack;
        LookUntilSettled();
        Assert.Equal(before + 1, _givenBack);
    }

    private long GiveBack()
    {
        _givenBack++;
        if (LeftMiB is { } left) _now = _now with { ResidentBytes = left * MiB };
        _during();
        return _tookMs;
    }

    private void Crowd(int connections, long residentMiB)
    {
        int most = Math.Max(connections, _now.Connections);
        _now = new(residentMiB * MiB, _now.AllocatedBytes + (10 * MiB), connections, most);
        Look();
        _now = _now with { MostConnections = connections };
    }

    private void Drop()
    {
        _heap.AddDropped(GarbageEstimate.DueBytes);
        LookTwice();
    }

    private void LookTwice()
    {
        Look();
        Look();
    }

    private void LookUntilSettled()
    {
        for (int i = 0; i < 3; i++) Look();
    }

    private void LookUntil(long ms)
    {
        while (_nowMs < ms) Look();
    }

    private void Look()
    {
        _heap.Look(_nowMs);
        _nowMs += MemoryReclaimer.LookIntervalMs;
    }
}
