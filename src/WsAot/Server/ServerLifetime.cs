using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Routing;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>
/// Starts and stops a server, and holds its loops. <c>ServerLifetime.Listening.cs</c> has its addresses and certificates.
/// </summary>
internal sealed partial class ServerLifetime(
    HandshakeContext context, ServerTransport transport, ServerHooks? hooks, InheritedListeners? inherited = null)
{
    /// <summary>How long load balancers get in a container before the server stops, unless an option says otherwise.</summary>
    private const int ContainerDelayMs = 5000;

    /// <summary>How long each loop has to finish its current work after the drain has timed out.</summary>
    private const int LastWaitMs = 250;

    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _stopLock = new();
    private Task? _stop;
    private int _state;
    private volatile bool _hasStarted;

    /// <summary>The state of the server. Any thread.</summary>
    public ServerState State => (ServerState)Volatile.Read(ref _state);

    /// <summary>Whether the server takes new clients: it has started, and no stop has begun. Any thread.</summary>
    public bool IsReady => _hasStarted && State == ServerState.Running;

    /// <summary>Whether another process has taken over the addresses, and may be using their sockets and files. Any thread.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>Called when another process has taken over the addresses.</summary>
    public Action? HandedOver { get; set; }

    /// <summary>
    /// Finds the sockets of the admin listener, which are handed over together with the server's own; null if there is none.
    /// </summary>
    public Func<InheritedListeners?>? FindAdminListeners { get; set; }

    /// <summary>Whether this is the program of a container, which waits before it stops unless an option says otherwise.</summary>
    public Func<bool>? IsInContainer { get; set; }

    /// <summary>Follows the stop; null if nothing does.</summary>
    public StopObserver? StopObserver { get; set; }

    /// <summary>See <see cref="Drain.NextJitter"/>.</summary>
    public Func<double> NextJitter { get; set; } = Random.Shared.NextDouble;

    /// <summary>Cancelled when the server begins to stop, after the delay. Any thread.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The exception of the application's background work, if it ended the server. Any thread.</summary>
    public Exception? Failure => hooks?.Failure;

    public string TransportName => transport.Name;

    /// <summary>When the server started, in milliseconds since 1970; 0 before. Any thread.</summary>
    public long StartedMs { get; private set; }

    public IReadOnlyList<WsRoute> Routes => context.Routes.Routes;

    /// <summary>The certificates in use; null without TLS. Any thread.</summary>
    public IReadOnlyList<TlsCertificate>? Certificates => Volatile.Read(ref _certificates)?.Tls.Certificates;

    /// <summary>Whether the certificate files can be used: they are in use, or will be. Any thread.</summary>
    public bool AreCertificateFilesUsable => Volatile.Read(ref _certificates)?.AreFilesUsable != false;

    /// <summary>The loops in order; empty before the start. They stay here after the stop.</summary>
    public ServerLoop[] Loops { get; private set; } = [];

    /// <summary>The number of open connections. Any thread.</summary>
    public int ConnectionCount
    {
        get
        {
            int count = 0;
            foreach (ServerLoop loop in Loops) count += loop.State.Sessions.Count;
            return count;
        }
    }

    /// <summary>The number of connections and asynchronous handlers that have not ended. Any thread.</summary>
    public int UnfinishedCount
    {
        get
        {
            int count = 0;
            foreach (ServerLoop loop in Loops) count += loop.State.Unfinished;
            return count;
        }
    }

    private ServerContext Server => context.Server;

    /// <summary>Starts the loops and listens.</summary>
    /// <returns>The addresses, with the port that the system chose in place of port 0.</returns>
    /// <exception cref="TransportException">
    /// The server cannot listen on an address, or a certificate cannot be used. Everything that was started has been stopped again.
    /// </exception>
    /// <exception cref="InvalidOperationException">The server has already been started.</exception>
    public IReadOnlyList<string> Start(IReadOnlyList<ListenAddress> addresses)
    {
        if (!TryAdvance(ServerState.Created, ServerState.Running))
        {
            throw new InvalidOperationException("The server has already been started; build a new one to start again.");
        }

        try
        {
            OpenCertificates(addresses);
            StartLoops();
            string[] urls = Listen(addresses);
            inherited?.ThrowIfUnused(Server.Options.Urls);
            StartedMs = Server.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            for (int i = 0; i < urls.Length; i++)
            {
                Log.Listening(Server.Logger, urls[i], transport.Name, Loops.Length);
                if (!ProxyRules.SpeaksProxyProtocol(Server.Options, addresses[i])) continue;
                ProxyLog.ProxyProtocolExpected(Server.Logger, urls[i], Server.Options.TrustedProxies);
            }

            return urls;
        }
        catch
        {
            _state = (int)ServerState.Stopped;
            Loops = [];
            transport.Dispose();
            _certificates?.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="RunStartedHooksAsync"/>
    public void RunStartedHooks()
    {
        hooks?.OnStarted(Server);
        _hasStarted = true;
    }

    /// <summary>Calls the application's hooks once the server listens. If one of them fails, the server is stopped.</summary>
    public async Task RunStartedHooksAsync(CancellationToken cancellationToken)
    {
        // Continues in the caller's context, like the hooks.
        if (hooks is not null) await hooks.OnStartedAsync(Server, cancellationToken);
        _hasStarted = true;
    }

    /// <summary>
    /// Waits for the drain delay, stops accepting connections, closes the open ones, and ends the loops when the last has closed or the
    /// drain times out. A second call waits for the same stop. Any thread.
    /// </summary>
    /// <param name="cancellationToken">Ends the drain, even if another call began it. Connections that are left are dropped.</param>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Never unregistered: a server stops only once, and cancelling an ended drain has no effect.
        cancellationToken.UnsafeRegister(static drain => ((CancellationTokenSource)drain!).Cancel(), _drain);
        return StopAsync(isHandedOver: false);
    }

    /// <summary>
    /// Like <see cref="StopAsync(CancellationToken)"/>, but without the delay and with 1012, because another process accepts connections
    /// now.
    /// </summary>
    public Task HandOverAsync() => StopAsync(isHandedOver: true);

    /// <summary>The output that waits for slow clients, for each route. Any thread.</summary>
    public long[] SumPendingOutput()
    {
        long[] sums = new long[Routes.Count];
        foreach (ServerLoop loop in Loops) loop.State.Sessions.AddPendingOutput(Routes, sums);
        return sums;
    }

    /// <summary>The sessions that are open now. Any thread.</summary>
    public List<Session> GetSessions()
    {
        var sessions = new List<Session>();
        foreach (ServerLoop loop in Loops) loop.State.Sessions.CopyTo(sessions);
        return sessions;
    }

    private Task StopAsync(bool isHandedOver)
    {
        lock (_stopLock) return _stop ??= StopOnceAsync(isHandedOver);
    }

    private async Task StopOnceAsync(bool isHandedOver)
    {
        bool wasReady = IsReady;
        if (!TryAdvance(ServerState.Running, ServerState.Stopping))
        {
            if (TryAdvance(ServerState.Created, ServerState.Stopped)) await transport.DisposeAsync().ConfigureAwait(false);
            return;
        }

        IsHandedOver = isHandedOver;
        if (isHandedOver) HandedOver?.Invoke();
        StopObserver?.OnStopping(isHandedOver);
        if (wasReady && !isHandedOver) await DelayAsync().ConfigureAwait(false);
        long start = Server.TimeProvider.GetTimestamp();
        int drainTimeoutMs = Server.Options.DrainTimeoutMs;
        AnnounceStop();
        if (hooks is not null) await hooks.OnStoppingAsync(Server, _drain.Token).ConfigureAwait(false);
        StopClose close = isHandedOver
            ? StopClose.Restart
            : new StopClose((ushort)Server.Options.DrainCloseCode, "the server is stopping");
        Log.Stopping(Server.Logger, ConnectionCount, close.Code);
        // A handler that blocks its loop must not keep the process alive: it gets the drain timeout like everything else, and no more.
        transport.StopTimeoutMs = drainTimeoutMs;
        await transport.StopListeningAsync().ConfigureAwait(false);
        var drain = new Drain(Server, Loops, close, () => UnfinishedCount, start)
        {
            NextJitter = NextJitter,
            Progressed = StopObserver is { } observer ? observer.OnProgress : null,
        };
        int left = await drain.RunAsync(_drain.Token).ConfigureAwait(false);
        if (left > 0)
        {
            if (_drain.IsCancellationRequested) Log.DrainEnded(Server.Logger, left);
            else Log.DrainTimedOut(Server.Logger, left, drainTimeoutMs);
            transport.StopTimeoutMs = LastWaitMs;
        }

        if (hooks is not null) await hooks.WaitForWorkAsync(Server).ConfigureAwait(false);
        await transport.DisposeAsync().ConfigureAwait(false);
        _certificates?.Dispose();
        Server.Topics.Dispose();
        Volatile.Write(ref _state, (int)ServerState.Stopped);
        Log.Stopped(Server.Logger);
    }

    /// <summary>
    /// Continues as before for a while, except that the server reports "not ready", so that new clients are sent elsewhere.
    /// </summary>
    private async Task DelayAsync()
    {
        int delayMs = Server.Options.DrainDelayMs;
        if (delayMs < 0) delayMs = IsInContainer?.Invoke() == true ? ContainerDelayMs : 0;
        if (delayMs == 0 || _drain.IsCancellationRequested) return;
        DrainLog.Delayed(Server.Logger, delayMs);
        await Task.Delay(TimeSpan.FromMilliseconds(delayMs), Server.TimeProvider, _drain.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void AnnounceStop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.StoppingHookFailed(Server.Logger, exception);
        }
    }

    private void StartLoops()
    {
        var loops = new List<ServerLoop>();
        transport.Start(transportLoop =>
        {
            var loop = new ServerLoop(context, transportLoop, loops.Count);
            loops.Add(loop);
            // All loops must be known before the first of them runs.
            if (loops.Count == transport.Loops.Count) OnLoopsCreated(loops);
            return loop;
        });
    }

    private void OnLoopsCreated(List<ServerLoop> loops)
    {
        Loops = [.. loops];
        var topics = new LoopTopics[loops.Count];
        var connections = new ISubscribers[loops.Count];
        for (int i = 0; i < loops.Count; i++) (topics[i], connections[i]) = (loops[i].State.Topics, loops[i].State.Sessions);
        Server.Topics.Start(topics, connections);
    }

    private bool TryAdvance(ServerState from, ServerState to) =>
        Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;
}
