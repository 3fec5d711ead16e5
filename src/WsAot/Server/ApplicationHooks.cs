using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Logging;

namespace WsAot.Server;

/// <summary>The hooks of an application that has some. Filled while the server is built.</summary>
internal sealed class ApplicationHooks : ServerHooks
{
    /// <summary>How long work has to end after the deadline, in the machine's time.</summary>
    private static readonly TimeSpan s_lastWait = TimeSpan.FromMilliseconds(250);

    private readonly List<Func<WsServer, CancellationToken, Task>> _started = [];
    private readonly List<Func<WsServer, CancellationToken, Task>> _stopping = [];
    private readonly List<BackgroundWork> _works = [];
    private readonly List<Task> _running = [];
    private CancellationToken _deadline;
    private Exception? _failure;

    public override Exception? Failure => Volatile.Read(ref _failure);

    public void AddStarted(Func<WsServer, CancellationToken, Task> hook) => _started.Add(hook);

    public void AddStopping(Func<WsServer, CancellationToken, Task> hook) => _stopping.Add(hook);

    public void AddWork(BackgroundWork work) => _works.Add(work);

    public override void OnStarted(ServerContext context)
    {
        // What a hook awaits must not go on in the thread that is blocked here.
        SynchronizationContext? former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            OnStartedAsync(context, CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(former);
        }
    }

    public override async Task OnStartedAsync(ServerContext context, CancellationToken cancellationToken)
    {
        WsServer server = context.Server;
        // Not disposed: what a hook leaves running keeps the token, and hears of the stop by it.
        var source = CancellationTokenSource.CreateLinkedTokenSource(server.Stopping);
        using CancellationTokenRegistration giveUp = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), source);
        try
        {
            // Goes on where the caller does, so that all hooks run in one place.
            foreach (Func<WsServer, CancellationToken, Task> hook in _started)
            {
                await hook(server, source.Token);
                source.Token.ThrowIfCancellationRequested();
            }
        }
        catch (Exception exception)
        {
            bool isStopped = server.Stopping.IsCancellationRequested;
            CancellationToken cause = cancellationToken.IsCancellationRequested ? cancellationToken : server.Stopping;
            bool isGivenUp = exception is OperationCanceledException && cause.IsCancellationRequested;
            // A stop that has begun keeps its drain.
            await server.StopAsync(new CancellationToken(canceled: !isStopped));
            if (isGivenUp) throw new OperationCanceledException("The server was stopped while it started.", exception, cause);
            throw;
        }

        StartWorks(context);
    }

    public override async Task OnStoppingAsync(ServerContext context, CancellationToken drain)
    {
        ILogger logger = context.Logger;
        TimeSpan timeout = TimeSpan.FromMilliseconds(context.Options.DrainTimeoutMs);
        var source = new CancellationTokenSource(timeout, context.TimeProvider);
        // Never unregistered: a server stops once.
        drain.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
        CancellationToken deadline = _deadline = source.Token;
        foreach (Func<WsServer, CancellationToken, Task> hook in _stopping)
        {
            try
            {
                await hook(context.Server, deadline).WaitAsync(deadline).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                Log.StoppingHookTimedOut(logger);
            }
            catch (Exception exception)
            {
                Log.StoppingHookFailed(logger, exception);
            }
        }
    }

    public override async Task WaitForWorkAsync(ServerContext context)
    {
        Task all;
        lock (_running) all = Task.WhenAll(_running);
        await all.WaitAsync(_deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Its token is cancelled: work that listens to it ends within this, even if the drain was ended at once.
        if (!all.IsCompleted)
        {
            await all.WaitAsync(s_lastWait, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        for (int i = 0; i < _running.Count; i++)
        {
            if (!_running[i].IsCompleted) Log.WorkLeft(context.Logger, _works[i].Name);
        }
    }

    private void StartWorks(ServerContext context)
    {
        WsServer server = context.Server;
        foreach (BackgroundWork work in _works)
        {
            lock (_running)
            {
                // Work that fails at once, or a hook, may have stopped the server meanwhile.
                if (server.Stopping.IsCancellationRequested) return;
                _running.Add(StartWork(() => work.RunAsync(context, OnFailed)));
            }
        }

        void OnFailed(Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            // Not awaited: the stop waits for this very work.
            _ = server.StopAsync();
        }
    }
}
