using NATS.Client.Core;
using WsAot.Nats.Logging;

namespace WsAot.Nats.Connecting;

/// <summary>The connection to NATS. It reconnects until it succeeds.</summary>
internal sealed class NatsLink : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ConnectAdvice _advice;
    private TaskCompletionSource _opened = NewSignal();
    private CancellationTokenSource _closing = new();
    private bool _isOpen;
    private long _dropped;

    /// <param name="options">The client's options.</param>
    /// <param name="advice">The advice if it cannot connect.</param>
    /// <param name="log">The log.</param>
    public NatsLink(NatsOpts options, ConnectAdvice advice, NatsLog log)
    {
        _advice = advice;
        Log = log;
        Connection = new NatsConnection(options);
        Connection.ConnectionOpened += OnOpenedAsync;
        Connection.ConnectionDisconnected += OnClosedAsync;
        Connection.ReconnectFailed += OnFailedAsync;
        Connection.MessageDropped += OnDroppedAsync;
    }

    public NatsConnection Connection { get; }

    public NatsLog Log { get; }

    public bool IsOpen
    {
        get
        {
            lock (_lock) return _isOpen;
        }
    }

    /// <summary>
    /// Cancelled when the present connection closes. Without it, a call that has just begun waits until NATS is back. Any thread.
    /// </summary>
    public CancellationToken Closing
    {
        get
        {
            lock (_lock) return _closing.Token;
        }
    }

    /// <summary>The number of messages that the NATS client has dropped because they were not read in time.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Called each time the connection opens, on any thread. Must not block.</summary>
    public Action? Opened { get; set; }

    /// <summary>Connects, and tries again until it succeeds.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Connection.ConnectAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                OnFailed(exception.GetBaseException().Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits until the connection is open.</summary>
    public ValueTask WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _isOpen ? ValueTask.CompletedTask : new ValueTask(_opened.Task.WaitAsync(cancellationToken));
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private ValueTask OnOpenedAsync(object? sender, NatsEventArgs args)
    {
        lock (_lock)
        {
            if (_isOpen) return ValueTask.CompletedTask;
            _isOpen = true;
            _closing = new CancellationTokenSource();
            _opened.TrySetResult();
        }

        Log.Connected(args.Message);
        Opened?.Invoke();
        return ValueTask.CompletedTask;
    }

    private ValueTask OnClosedAsync(object? sender, NatsEventArgs args)
    {
        CancellationTokenSource closing;
        lock (_lock)
        {
            if (!_isOpen) return ValueTask.CompletedTask;
            _isOpen = false;
            _opened = NewSignal();
            closing = _closing;
        }

        Log.Disconnected();
        return new ValueTask(closing.CancelAsync());
    }

    private ValueTask OnFailedAsync(object? sender, NatsEventArgs args)
    {
        OnFailed(args.Message);
        return ValueTask.CompletedTask;
    }

    private void OnFailed(string? reason) => Log.ConnectFailed(reason, _advice.For(reason));

    private ValueTask OnDroppedAsync(object? sender, NatsMessageDroppedEventArgs args)
    {
        Interlocked.Increment(ref _dropped);
        Log.ReceiveDropped(args.Subject);
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
