namespace WsAot.Testing.Running;

/// <summary>
/// A clock that stands still until the test advances it. Any thread can read it and create timers; they fire on the thread that advances
/// the clock.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _nowTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The ticks since the start.</summary>
    public long NowTicks
    {
        get => Volatile.Read(ref _nowTicks);
        set => Volatile.Write(ref _nowTicks, value);
    }

    /// <summary>When the next timer is due; null if there is none.</summary>
    public long? NextDueTicks
    {
        get
        {
            lock (_lock) return FindNext()?.DueTicks;
        }
    }

    public override long GetTimestamp() => NowTicks;

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(NowTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets when a timer fires next, or stops it.</summary>
    public void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.DueTicks = NowTicks + dueTime.Ticks;
            _timers.Add(timer);
        }
    }

    /// <summary>
    /// Fires the timers that are due, in the order of their times. Timers with the same time fire in the order in which they were set.
    /// </summary>
    /// <returns>Whether there was any.</returns>
    public bool FireDue()
    {
        bool hasFired = false;
        SynchronizationContext? former = SynchronizationContext.Current;
        // Without a synchronization context, code that awaits a timer with ConfigureAwait(false) continues at once, within this call.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (TakeDue() is { } timer)
            {
                hasFired = true;
                timer.Fire();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(former);
        }

        return hasFired;
    }

    private ManualTimer? TakeDue()
    {
        lock (_lock)
        {
            if (FindNext() is not { } timer || timer.DueTicks > NowTicks) return null;
            _timers.Remove(timer);
            if (timer.PeriodTicks == 0) return timer;
            timer.DueTicks += timer.PeriodTicks;
            _timers.Add(timer);
            return timer;
        }
    }

    private ManualTimer? FindNext()
    {
        ManualTimer? next = null;
        foreach (ManualTimer timer in _timers)
        {
            if (next is null || timer.DueTicks < next.DueTicks) next = timer;
        }

        return next;
    }
}
