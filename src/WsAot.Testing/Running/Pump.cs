using WsAot.Transport.InMemory;

namespace WsAot.Testing.Running;

/// <summary>
/// Runs the server on the thread that calls the test server or a client, until nothing is left to do. Nothing of the server runs at any
/// other time, so a test does the same each time.
/// </summary>
internal sealed class Pump
{
    /// <summary>A server that has not come to rest after as many batches never will: its handlers keep each other busy.</summary>
    private const int MaxBatches = 100_000;

    /// <summary>
    /// A handler that ends on another thread does not always say so. It is looked for after this time; what is posted is seen at once.
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

    /// <summary>Whether something goes on that only another thread, or the test itself, can end: a handler's call is busy.</summary>
    public Func<bool> IsBusy { get; set; } = static () => false;

    /// <summary>How long a wait may take while <see cref="IsBusy"/>, in real time.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the caller runs within the server: in a handler, a timer, or an answer to it.</summary>
    public bool IsCurrent => _lock.IsHeldByCurrentThread && _isRunning;

    /// <summary>Has a client look at what the server did. Within the lock.</summary>
    public void MarkReady(IServed client) => _ready.Enqueue(client);

    /// <summary>Wakes all waits, which look whether what they wait for is there. Any thread.</summary>
    public void Signal() => Interlocked.Exchange(ref _signal, NewSignal()).TrySetResult();

    /// <summary>Does something to the server or a client, and runs until nothing is left to do.</summary>
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

    /// <summary>Reads something that others may change, without running anything.</summary>
    public T Look<T>(Func<T> read)
    {
        lock (_lock) return read();
    }

    /// <summary>Lets time pass as for a real loop, which wakes when it has asked to be woken, and for timers.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_lock)
        {
            if (_isRunning) throw new InvalidOperationException("A handler cannot let time pass: it runs at one point of it.");
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

    /// <summary>
    /// Runs until something is there. While a handler is busy, waits for other threads, up to <see cref="BusyTimeout"/>.
    /// </summary>
    /// <param name="isThere">Looks for it; within the lock.</param>
    /// <param name="mayCome">Whether it may still come, whatever is busy; within the lock.</param>
    public async Task<WaitEnd> WaitAsync(Func<bool> isThere, Func<bool> mayCome)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Taken before the run, so that nothing is missed which happens after it.
            Task signal = Volatile.Read(ref _signal).Task;
            if (Step(isThere, mayCome) is { } end) return end;
            TimeSpan left = BusyTimeout - TimeProvider.System.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return WaitEnd.TimedOut;
            // Goes on where the test does, if its framework has a thread for that.
            await signal.WaitAsync(left < s_lookInterval ? left : s_lookInterval)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WaitEnd? Step(Func<bool> isThere, Func<bool> mayCome)
    {
        lock (_lock)
        {
            // What came before is there without a look at the server: a thousand clients read in no time.
            if (isThere()) return WaitEnd.There;
            if (_isRunning) return WaitEnd.Nested;
            Run();
            if (isThere()) return WaitEnd.There;
            return mayCome() && IsBusy() ? null : WaitEnd.Idle;
        }
    }

    private void Run()
    {
        // A handler that uses a client is served when the present run goes on.
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            bool wasBusy = false;
            for (int i = 0; RunOnce(); i++)
            {
                wasBusy = true;
                if (i == MaxBatches) throw new WsTestException("The server does not come to rest: its handlers keep each other busy.");
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
