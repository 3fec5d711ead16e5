using System.Net;
using WsAot.Certificates;
using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Routing;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>Starts and stops a server, and holds its loops.</summary>
internal sealed class ServerLifetime(HandshakeContext context, ServerTransport transport, ServerHooks? hooks)
{
    /// <summary>How long each loop has, after the drain has timed out, to finish its current work.</summary>
    private const int LastWaitMs = 250;

    /// <summary>How often a draining server checks whether all connections have ended.</summary>
    private static readonly TimeSpan s_drainCheckInterval = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _stopLock = new();
    private CertificateWatch? _certificates;    // if an address has TLS
    private Task? _stop;
    private int _state;

    /// <summary>The state of the server. Any thread.</summary>
    public ServerState State => (ServerState)Volatile.Read(ref _state);

    /// <summary>Cancelled when the server begins to stop. Any thread.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What the application's background work has thrown, if that ended the server. Any thread.</summary>
    public Exception? Failure => hooks?.Failure;

    /// <summary>Whether the server takes connections that are to stay: from its start until it begins to stop. Any thread.</summary>
    public bool IsReady => State == ServerState.Running;

    public string TransportName => transport.Name;

    /// <summary>When the server has started, in milliseconds since 1970; 0 before. Any thread.</summary>
    public long StartedMs { get; private set; }

    public IReadOnlyList<WsRoute> Routes => context.Routes.Routes;

    /// <summary>The certificates that are shown; null without TLS. Any thread.</summary>
    public IReadOnlyList<TlsCertificate>? Certificates => Volatile.Read(ref _certificates)?.Tls.Certificates;

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
    /// <returns>The addresses, with the port that was chosen where 0 was asked for.</returns>
    /// <exception cref="TransportException">
    /// The server cannot listen on an address, or a certificate cannot be used; everything it started has been stopped again.
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

    /// <summary>Looks at the files of the certificates now: <see cref="WsServer.ReloadCertificates"/>.</summary>
    public bool ReloadCertificates() => Volatile.Read(ref _certificates)?.Reload() == true;

    /// <inheritdoc cref="RunStartedHooksAsync"/>
    public void RunStartedHooks() => hooks?.OnStarted(Server);

    /// <summary>Calls the application's hooks for a server that listens now. If one of them fails, the server is stopped again.</summary>
    public Task RunStartedHooksAsync(CancellationToken cancellationToken) =>
        hooks?.OnStartedAsync(Server, cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// Stops accepting connections, closes the open ones with 1001, and ends the loops when the last has closed or the drain times out. A
    /// second call waits for the same stop. Any thread.
    /// </summary>
    /// <param name="cancellationToken">Ends the drain, whichever call began it: what is left is dropped.</param>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Never unregistered: a server stops once, and cancelling what has ended has no effect.
        cancellationToken.UnsafeRegister(static drain => ((CancellationTokenSource)drain!).Cancel(), _drain);
        lock (_stopLock) return _stop ??= StopOnceAsync();
    }

    /// <summary>The output that waits for slow peers, for each route. Any thread.</summary>
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

    private async Task StopOnceAsync()
    {
        if (!TryAdvance(ServerState.Running, ServerState.Stopping))
        {
            if (TryAdvance(ServerState.Created, ServerState.Stopped)) await transport.DisposeAsync().ConfigureAwait(false);
            return;
        }

        long start = Server.TimeProvider.GetTimestamp();
        int drainTimeoutMs = Server.Options.DrainTimeoutMs;
        AnnounceStop();
        if (hooks is not null) await hooks.OnStoppingAsync(Server, _drain.Token).ConfigureAwait(false);
        Log.Stopping(Server.Logger, ConnectionCount);
        // A handler that blocks its loop must not keep the process alive: it gets the drain timeout like everything else, and no more.
        transport.StopTimeoutMs = drainTimeoutMs;
        await transport.StopListeningAsync().ConfigureAwait(false);
        foreach (ServerLoop loop in Loops) loop.State.Post(new DrainWorkItem(loop));
        await WaitForTheLastAsync(start, drainTimeoutMs).ConfigureAwait(false);
        if (UnfinishedCount is > 0 and int left)
        {
            if (_drain.IsCancellationRequested) Log.DrainEnded(Server.Logger, left);
            else Log.DrainTimedOut(Server.Logger, left, drainTimeoutMs);
            transport.StopTimeoutMs = LastWaitMs;
        }

        if (hooks is not null) await hooks.WaitForWorkAsync(Server).ConfigureAwait(false);
        await transport.DisposeAsync().ConfigureAwait(false);
        _certificates?.Dispose();
        Volatile.Write(ref _state, (int)ServerState.Stopped);
        Log.Stopped(Server.Logger);
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

    private void OpenCertificates(IReadOnlyList<ListenAddress> addresses)
    {
        if (ListenAddress.Find(addresses, isSecure: true) is not null)
        {
            TlsServer tls = transport.CreateTls(TlsSettings.From(Server.Options));
            // Where TLS was left out, the transport has refused, and the file need not have what follows.
            if (!TlsFeature.IsSupported) return;
            Volatile.Write(ref _certificates, new CertificateWatch(tls, Server.Logger, Server.TimeProvider));
            WarnOfAddressesThatAskNobody(addresses);
        }
        else if (TlsFeature.IsSupported && TlsSettings.HasCertificate(Server.Options))
        {
            TlsLog.NothingEncrypted(Server.Logger);
        }
    }

    private void WarnOfAddressesThatAskNobody(IReadOnlyList<ListenAddress> addresses)
    {
        foreach (ListenAddress address in addresses)
        {
            if (TlsRules.AsksNobody(Server.Options, address)) TlsLog.AsksNobody(Server.Logger, address.ToString());
        }
    }

    /// <summary>Listens on all addresses, those with TLS first: the plain ones may have to redirect to the port of one.</summary>
    private string[] Listen(IReadOnlyList<ListenAddress> addresses)
    {
        string[] urls = new string[addresses.Count];
        ListenAll(addresses, isSecure: true, urls);
        ListenAll(addresses, isSecure: false, urls);
        return urls;
    }

    private void ListenAll(IReadOnlyList<ListenAddress> addresses, bool isSecure, string[] urls)
    {
        for (int i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].IsSecure != isSecure) continue;
            EndPoint endPoint = transport.Listen(OptionsFor(addresses[i]));
            urls[i] = addresses[i].With(endPoint).ToString();
            if (!isSecure || endPoint is not IPEndPoint { Port: var port }) continue;
            if (context.RedirectPort == 0 && TlsRules.Redirects(Server.Options)) context.RedirectPort = port;
        }
    }

    private ListenOptions OptionsFor(ListenAddress address)
    {
        WsServerOptions options = Server.Options;
        (int user, int group) = UnixSocketRules.ParseOwner(options.UnixSocketOwner);
        return new ListenOptions(address.EndPoint)
        {
            Tls = address.IsSecure ? _certificates!.Tls : null,
            Twin = address.IsLocalhost ? IPAddress.IPv6Loopback : null,
            HasPreamble = ProxyRules.SpeaksProxyProtocol(options, address),
            UnixMode = UnixSocketRules.ParseMode(options.UnixSocketMode),
            UnixUserId = user,
            UnixGroupId = group,
        };
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

    private async Task WaitForTheLastAsync(long start, int timeoutMs)
    {
        TimeProvider time = Server.TimeProvider;
        while (UnfinishedCount > 0 && !_drain.IsCancellationRequested
            && time.GetElapsedTime(start).TotalMilliseconds < timeoutMs)
        {
            await Task.Delay(s_drainCheckInterval, time, _drain.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryAdvance(ServerState from, ServerState to) =>
        Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;

    private sealed class DrainWorkItem(ServerLoop loop) : LoopWorkItem
    {
        public override void Run() => loop.Drain();
    }
}
