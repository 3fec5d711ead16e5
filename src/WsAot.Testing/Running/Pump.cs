using WsAot.Transport.InMemory;

namespace WsAot.Testing.Running;

/// <summary>
/// Runs the server on the thread that calls the test server or a client, until nothing is left to do. The server runs at no other time, so
/// tests are deterministic.
/// </summary>
internal sealed class Pump
{
    /// <summary>If a server is not idle after this many batches, it never will be: its handlers keep each other busy.</summary>
    private const int MaxBatches = 100_000;

    /// <summary>
    /// Posted work is seen at once, but a handler that ends on another thread does not always signal. So waits check at this interval.
    /// </summary>
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Queue<IServed> _ready = new();
    private TaskCompletionSource _signal = NewSignal();
    private bool _isRunning;

    public Pump(ManualTime time)
    {
        Time = time;
        Context = new TestContext(this);
    }

    public ManualTime Time { get; }

    public TestContext Context { get; }

    public InMemoryTransport Transport { get; set; } = null!;

    /// <summary>Whether a handler's call is busy: only another thread, or the test itself, can end it.</summary>
    public Func<bool> IsBusy { get; set; } = static () => false;

    /// <summary>How long a wait may take while <see cref="IsBusy"/>, in real time.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the caller runs within the server: in a handler, in a timer, or in an answer to the server.</summary>
    public bool IsCurrent => _lock.IsHeldByCurrentThread && _isRunning;

    /// <summary>Lets a client react to what the server did. Within the lock.</summary>
    public void MarkReady(IServed client) => _ready.Enqueue(client);

    /// <summary>Wakes all waits, which then check their conditions. Any thread.</summary>
    public void Signal() => Interlocked.Exchange(ref _signal, NewSignal()).TrySetResult();

    /// <summary>Runs an action on the server or a client, then runs until nothing is left to do.</summary>
    public void Do(Action action)
    {
        lock (_lock)
        {
            action();
            Run();
        }
    }

    /// <inheritdoc cref="Do(Action)"/>
    public T Do<T>(Func<T> action)
    {
        lock (_lock)
        {
            T result = action();
            Run();
            return result;
        }
    }

    /// <summary>Reads shared state under the lock, without running the server.</summary>
    public T Look<T>(Func<T> read)
    {
        lock (_lock) return read();
    }

    /// <summary>Advances the clock, and stops each time that a loop or a timer is due.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_lock)
        {
            if (_isRunning) throw new InvalidOperationException("A handler cannot call Advance: the clock stands still while it runs.");
            Run();
            long endTicks = Time.NowTicks + time.Ticks;
            while (NextStopTicks() < endTicks)
            {
                Time.NowTicks = NextStopTicks();
                Run();
            }

            Time.NowTicks = endTicks;
            Run();
        }
    }

    /// <summary>Runs until a condition is met. While a handler is busy, waits for other threads, up to <see cref="BusyTimeout"/>.</summary>
    /// <param name="isThere">The condition; called within the lock.</param>
    /// <param name="mayCome">Whether the condition can still be met; called within the lock.</param>
    public async Task<WaitEnd> WaitAsync(Func<bool> isThere, Func<bool> mayCome)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Taken before the run, so that no signal after the run is missed.
            Task signal = Volatile.Read(ref _signal).Task;
            if (Step(isThere, mayCome) is { } end) return end;
            TimeSpan left = BusyTimeout - TimeProvider.System.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return WaitEnd.TimedOut;
            // Continues in the test's synchronization context, if its framework has one.
            await signal.WaitAsync(left < s_lookInterval ? left : s_lookInterval)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WaitEnd? Step(Func<bool> isThere, Func<bool> mayCome)
    {
        lock (_lock)
        {
            // If it has already arrived, do not run the server, so that reading with a thousand clients is fast.
            if (isThere()) return WaitEnd.There;
            if (_isRunning) return WaitEnd.Nested;
            Run();
            if (isThere()) return WaitEnd.There;
            return mayCome() && IsBusy() ? null : WaitEnd.Idle;
        }
    }

    private void Run()
    {
        // A handler may use a client: the current run continues with that work.
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            bool wasBusy = false;
            for (int i = 0; RunOnce(); i++)
            {
                wasBusy = true;
                if (i == MaxBatches) throw new WsTestException("The server does not become idle: its handlers keep each other busy.");
            }

            if (wasBusy) Signal();
        }
        finally
        {
            _isRunning = false;
        }
    }

    private bool RunOnce()
    {
        bool isBusy = Transport.RunBatch() | Transport.NextBatchMs == 0;
        isBusy |= Time.FireDue();
        isBusy |= Context.RunPosted();
        while (_ready.TryDequeue(out IServed? client)) isBusy |= client.Serve();
        return isBusy;
    }

    private long NextStopTicks()
    {
        long loops = Transport.NextBatchMs < 0 ? long.MaxValue : Time.NowTicks + (Transport.NextBatchMs * TimeSpan.TicksPerMillisecond);
        return Math.Min(loops, Time.NextDueTicks ?? long.MaxValue);
    }
}
