using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Logging;

namespace WsAot.Server;

/// <summary>The hooks of an application. Filled while the server is built.</summary>
internal sealed class ApplicationHooks : ServerHooks
{
    /// <summary>How long background work has to end after the deadline, by the clock of the machine.</summary>
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
        // What a hook awaits must not continue on this thread, which is blocked here.
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
        // Not disposed: work that a hook leaves running keeps the token, which tells it that the server stops.
        var source = CancellationTokenSource.CreateLinkedTokenSource(server.Stopping);
        using CancellationTokenRegistration giveUp = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), source);
        try
        {
            // Continues in the caller's context, so that all hooks run in one place.
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
            // If a stop has already begun, its drain goes on.
            await server.StopAsync(new CancellationToken(canceled: !isStopped));
            if (isGivenUp) throw new OperationCanceledException("The server was stopped while it was starting.", exception, cause);
            throw;
        }

        StartWorks(context);
    }

    public override async Task OnStoppingAsync(ServerContext context, CancellationToken drain)
    {
        ILogger logger = context.Logger;
        TimeSpan timeout = TimeSpan.FromMilliseconds(context.Options.DrainTimeoutMs);
        var source = new CancellationTokenSource(timeout, context.TimeProvider);
        // Never unregistered, because a server stops only once.
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
        // The token of the work is cancelled. Work that observes it ends within this time, even if the drain was ended at once.
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
                // Work that fails at once, or a hook, may have stopped the server.
                if (server.Stopping.IsCancellationRequested) return;
                _running.Add(StartWork(() => work.RunAsync(context, OnFailed)));
            }
        }

        void OnFailed(Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            // Not awaited, because the stop waits for this work.
            _ = server.StopAsync();
        }
    }
}
