using WsAot.Timers;

namespace WsAot.Tests.Timers;

public sealed class TimerWheelTests
{
    private readonly List<int> _due = [];

    [Fact]
    public void A_deadline_is_never_early_and_at_most_one_tick_late()
    {
        for (int dueMs = 0; dueMs < 200; dueMs++)
        {
            var wheel = new TimerWheel(0);
            var timer = new Timer(1, _due);
            wheel.Schedule(timer, dueMs);
            int nowMs = 0;
            for (_due.Clear(); _due.Count == 0; nowMs++) wheel.Advance(nowMs);
            Assert.InRange(nowMs - 1, dueMs, Math.Max(dueMs, 1) + TimerWheel.TickMs - 1);
        }
    }

    [Theory]
    [InlineData(uint.MaxValue - 50L)]
    [InlineData(1000 * (1L + uint.MaxValue))]
    public void A_server_that_has_run_for_months_keeps_its_deadlines(long startMs)
    {
        var wheel = new TimerWheel(startMs);
        wheel.Schedule(new Timer(1, _due), startMs + 100);
        wheel.Schedule(new Timer(2, _due), startMs + int.MaxValue);
        wheel.Advance(startMs + 99);
        Assert.Empty(_due);
        wheel.Advance(startMs + 100 + TimerWheel.TickMs);
        Assert.Equal([1], _due);
        for (int days = 1; days <= 24; days++) wheel.Advance(startMs + (days * 86_400_000L));
        Assert.Equal([1], _due);
        wheel.Advance(startMs + int.MaxValue + TimerWheel.TickMs);
        Assert.Equal([1, 2], _due);
        Assert.Equal(0, wheel.LateCount);
    }

    [Fact]
    public void A_cancelled_deadline_never_comes()
    {
        var wheel = new TimerWheel(0);
        var timer = new Timer(1, _due);
        wheel.Schedule(timer, 100);
        wheel.Cancel(timer);
        wheel.Cancel(timer);
        wheel.Advance(1_000_000);
        Assert.Empty(_due);
        Assert.Equal(-1, wheel.NextInMs(1_000_000));
    }

    [Fact]
    public void One_that_is_due_can_cancel_the_others_of_its_slot_and_set_itself_anew()
    {
        var wheel = new TimerWheel(0);
        var first = new Timer(1, _due);
        var second = new Timer(2, _due);
        second.Then = nowMs =>
        {
            wheel.Cancel(first);
            if (_due.Count < 3) wheel.Schedule(second, nowMs + 100);
        };
        wheel.Schedule(first, 100);
        wheel.Schedule(second, 100);
        for (int nowMs = 0; nowMs < 1000; nowMs++) wheel.Advance(nowMs);
        Assert.Equal([2, 2, 2], _due);
    }

    [Fact]
    public void A_deadline_far_beyond_one_turn_waits_for_its_turn()
    {
        var wheel = new TimerWheel(0);
        wheel.Schedule(new Timer(1, _due), 86_400_000);
        wheel.Advance(86_399_999);
        Assert.Empty(_due);
        wheel.Advance(86_400_000);
        Assert.Equal([1], _due);
    }

    [Fact]
    public void The_next_look_is_never_later_than_the_first_deadline_needs_it()
    {
        var random = new Random(5);
        for (int round = 0; round < 2000; round++)
        {
            long nowMs = random.Next(1_000_000);
            var wheel = new TimerWheel(nowMs);
            long dueMs = nowMs + random.Next(60_000);
            wheel.Schedule(new Timer(1, _due), dueMs);
            long atMs = nowMs + wheel.NextInMs(nowMs);
            Assert.InRange(atMs, dueMs, dueMs + (2 * TimerWheel.TickMs));
            _due.Clear();
            wheel.Advance(atMs);
            Assert.Equal([1], _due);
        }
    }

    [Fact]
    public void A_hundred_thousand_deadlines_come_when_a_sorted_list_says()
    {
        const int Count = 100_000;
        var random = new Random(42);
        var wheel = new TimerWheel(0);
        var twin = new SortedSet<(long Tick, int Id)>();
        var ticks = new long[Count];
        var dueAtMs = new long[Count];
        var timers = new Timer[Count];
        for (int id = 0; id < Count; id++) timers[id] = new Timer(id, _due);

        long nowMs = 0;
        for (int step = 0; step < 100; step++)
        {
            for (int i = 0; i < (step == 0 ? Count : 500); i++)
            {
                int id = step == 0 ? i : random.Next(Count);
                twin.Remove((ticks[id], id));
                wheel.Cancel(timers[id]);
                if (random.Next(4) == 0) continue;
                long dueMs = nowMs + random.Next(200_000);
                wheel.Schedule(timers[id], dueMs);
                dueAtMs[id] = dueMs;
                ticks[id] = Math.Max((dueMs + TimerWheel.TickMs - 1) / TimerWheel.TickMs, (nowMs / TimerWheel.TickMs) + 1);
                twin.Add((ticks[id], id));
            }

            nowMs += random.Next(10) == 0 ? random.Next(150_000) : random.Next(300);
            _due.Clear();
            AdvanceWholly(wheel, nowMs);
            foreach (int id in _due)
            {
                Assert.True(dueAtMs[id] <= nowMs, "too early");
                Assert.True(twin.Remove((ticks[id], id)), "twice, or after it was cancelled");
            }

            Assert.True(twin.Count == 0 || twin.Min.Tick > nowMs / TimerWheel.TickMs, "too late");
        }
    }

    [Fact]
    public void Of_a_crowd_that_is_due_at_once_each_call_takes_so_many_and_the_next_is_wanted_at_once()
    {
        const int Count = (3 * TimerWheel.MaxPerCall) + 10;
        var wheel = new TimerWheel(0);
        for (int id = 0; id < Count; id++) wheel.Schedule(new Timer(id, _due), 100);
        int[] sizes = [TimerWheel.MaxPerCall, TimerWheel.MaxPerCall, TimerWheel.MaxPerCall, 10];
        foreach (int size in sizes)
        {
            Assert.Equal(0, wheel.NextInMs(128));
            _due.Clear();
            wheel.Advance(128);
            Assert.Equal(size, _due.Count);
        }

        Assert.Equal(-1, wheel.NextInMs(128));
    }

    [Fact]
    public void Those_of_a_crowd_that_are_left_can_be_cancelled_and_moved_meanwhile()
    {
        const int Count = TimerWheel.MaxPerCall + 4;
        var wheel = new TimerWheel(0);
        Timer[] timers = [.. Enumerable.Range(0, Count).Select(id => new Timer(id, _due))];
        foreach (Timer timer in timers) wheel.Schedule(timer, 64);
        wheel.Advance(64);
        Assert.Equal(TimerWheel.MaxPerCall, _due.Count);
        Timer[] left = [.. timers.Where(timer => timer.SlotNumber != 0)];
        Assert.Equal(4, left.Length);

        // The next of them, the one after it, and one that comes back to the same slot a turn later.
        wheel.Cancel(left[^1]);
        wheel.Cancel(left[^2]);
        wheel.Schedule(left[0], 64 + (1024 * TimerWheel.TickMs));
        _due.Clear();
        wheel.Advance(64);
        Assert.Equal([left[1].Id], _due);
        wheel.Advance(64 + (1024 * TimerWheel.TickMs));
        Assert.Equal([left[1].Id, left[0].Id], _due);
        Assert.Equal(-1, wheel.NextInMs(0));
    }

    [Fact]
    public void What_one_throws_does_not_take_the_others_with_it()
    {
        var wheel = new TimerWheel(0);
        for (int id = 0; id < 3; id++)
        {
            wheel.Schedule(new Timer(id, _due) { Then = id == 1 ? _ => throw new InvalidOperationException() : null }, 10);
        }

        Assert.Throws<InvalidOperationException>(() => wheel.Advance(64));
        wheel.Advance(64);
        Assert.Equal([2, 1, 0], _due);
    }

    [Fact]
    public void Those_whose_tick_has_not_come_are_not_looked_at()
    {
        const int Count = 100_000;
        var wheel = new TimerWheel(0);
        Timer[] timers = [.. Enumerable.Range(0, Count).Select(id => new Timer(id, _due))];
        for (int id = 0; id < Count; id++) wheel.Schedule(timers[id], 1000 + (id % 60_000));
        // Whoever is looked at from now on is called: by what it says of itself, it is long due.
        foreach (Timer timer in timers) timer.DueMs = uint.MaxValue;
        for (int nowMs = 0; nowMs < 1000; nowMs++) wheel.Advance(nowMs);
        Assert.Empty(_due);
        AdvanceWholly(wheel, 1024);
        Assert.Equal(Enumerable.Range(0, Count).Where(static id => id % 60_000 <= 24), _due.Order());
    }

    private static void AdvanceWholly(TimerWheel wheel, long nowMs)
    {
        do wheel.Advance(nowMs);
        while (wheel.NextInMs(nowMs) == 0);
    }

    private sealed class Timer(int id, List<int> due) : TimerNode
    {
        public int Id => id;

        public Action<long>? Then { get; set; }

        internal override void OnDue(long nowMs)
        {
            due.Add(id);
            Then?.Invoke(nowMs);
        }
    }
}
