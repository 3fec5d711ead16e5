namespace WsAot.TestKit.Time;

/// <summary>A clock that advances only when it is told to. It ticks in milliseconds, and its timers run on the caller's thread.</summary>
public sealed class ManualTime(long nowMs = 0) : TimeProvider
{
    /// <summary>The date and time at 0 milliseconds.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<ManualTimer> _timers = [];

    /// <summary>Milliseconds since <see cref="Start"/>.</summary>
    public long NowMs { get; private set; } = nowMs;

    /// <summary>The number of timers that are waiting to run.</summary>
    public int TimerCount => _timers.Count;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => NowMs;

    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(NowMs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass, and runs the timers that are due by then, in the order in which they were set.</summary>
    public void Advance(long ms)
    {
        NowMs += ms;
        // Without a context, code that awaits a timer continues at once, within this call.
        SynchronizationContext? former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        while (_timers.Find(timer => timer.DueMs <= NowMs) is { } due)
        {
            _timers.Remove(due);
            due.Fire();
        }

        SynchronizationContext.SetSynchronizationContext(former);
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public long DueMs { get; private set; }

        public Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            DueMs = time.NowMs + (long)Math.Ceiling(dueTime.TotalMilliseconds);
            time._timers.Add(this);
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
