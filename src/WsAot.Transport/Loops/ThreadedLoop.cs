using System.Buffers;

namespace WsAot.Transport.Loops;

/// <summary>A loop with a thread of its own.</summary>
internal abstract class ThreadedLoop : TransportLoop
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _isStarted;
    private int _systemThreadId;

    protected ThreadedLoop(int index, TransportOptions options, ArrayPool<byte>? pool)
        : base(options, pool) => _thread = new Thread(Run) { IsBackground = true, Name = $"wsaot-loop-{index}" };

    /// <inheritdoc/>
    public sealed override TimeSpan ProcessorTime => ThreadClock.Read(Volatile.Read(ref _systemThreadId));

    /// <summary>Whether the loop was told to end. On the loop.</summary>
    protected bool IsStopping { get; private set; }

    internal sealed override void Start()
    {
        _isStarted = true;
        _thread.Start();
    }

    internal sealed override Task EndAsync()
    {
        if (_ended.Task.IsCompleted) return _ended.Task;
        if (_isStarted)
        {
            Post(static loop => ((ThreadedLoop)loop!).IsStopping = true, this);
        }
        else
        {
            FreeResources();
            _ended.SetResult();
        }

        return _ended.Task;
    }

    /// <summary>Runs a call on this loop.</summary>
    /// <returns>Completes once the call has run, or the loop has ended.</returns>
    public Task RunAsync(Action<object?> action, object? state)
    {
        if (!_isStarted) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(action, state);
        Post(static done => ((TaskCompletionSource)done!).SetResult(), done);
        return Task.WhenAny(done.Task, _ended.Task);
    }

    /// <summary>Waits for events and ends a batch after each wait, until <see cref="IsStopping"/>.</summary>
    protected abstract void RunBatches();

    /// <summary>Closes all connections and listeners of this loop; they are freed in the batches that follow.</summary>
    protected abstract void CloseAll();

    /// <summary>Frees what the loop itself holds; nothing of it is used afterwards.</summary>
    protected abstract void FreeResources();

    private void Run()
    {
        SynchronizationContext? former = Enter();
        Volatile.Write(ref _systemThreadId, ThreadClock.CurrentThreadId);
        RunBatches();
        CloseAll();
        RunLastBatches();
        FreeResources();
        Leave(former);
        // The system may reuse the number for another thread.
        Volatile.Write(ref _systemThreadId, 0);
        _ended.SetResult();
    }
}
