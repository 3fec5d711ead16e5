namespace WsAot.Testing.Running;

/// <summary>A timer of <see cref="ManualTime"/>.</summary>
internal sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
{
    // As with the system's timers, the execution context of the code that created the timer flows to its callback.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public long DueTicks { get; set; }

    /// <summary>The ticks between two calls; 0 if it fires only once.</summary>
    public long PeriodTicks { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        PeriodTicks = Math.Max(0, period.Ticks);
        time.Schedule(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_context is null) callback(state);
        else ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Call(), this);
    }

    public void Dispose() => time.Schedule(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Call() => callback(state);
}
