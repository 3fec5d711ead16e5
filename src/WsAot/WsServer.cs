using System.Net;
using Microsoft.Extensions.Logging;
using WsAot.Admin;
using WsAot.CommandLine;
using WsAot.Connections;
using WsAot.Handshake;
using WsAot.Limits;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// A WebSocket server: its loops, its addresses and its connections. You can use all members from any thread, but start and dispose the
/// server on one thread. Do not wait for the start, the stop or the disposal in a handler: they wait for the handler's loop.
/// </summary>
public sealed partial class WsServer : IAsyncDisposable, IDisposable
{
    /// <summary>
    /// Descriptors reserved for listeners, epoll, connections being refused, and files: everything that is not an open connection.
    /// </summary>
    private const int ReservedDescriptors = 32 + HandshakeContext.MaxRefusals;

    private readonly IReadOnlyList<ListenAddress> _addresses;
    private readonly ServerLifetime _lifetime;
    private readonly bool _isReal;
    private readonly bool _isOnlyChecked;

    internal WsServer(WsServerBuilder builder)
    {
        WsServerOptions options = builder.Options;
        _opensFiles = builder.OpensFiles;
        _isReal = builder.CreateTransport is null;
        _isOnlyChecked = builder.CheckErrors is not null;
        var errors = new OptionErrors();
        OptionRules.CheckAll(options, errors, _isReal);
        AdminRules.Check(options, errors);
        if (!errors.IsEmpty) throw new ArgumentException(string.Join('\n', errors.All));
        builder.Routes.ThrowIfConflicting();
        _addresses = ListenAddress.ParseAll(options.Urls);
        builder.Services.Freeze(
            this, builder.Routes, builder.LoggerFactory, builder.TimeProvider, builder.KnownConfiguration);
        ILogger logger = new SafeLogger(builder.LoggerFactory.CreateLogger(SafeLogger.ServerCategory));
        var peerLog = new PeerLog(logger, builder.TimeProvider);
        var connections = new ConnectionLimit(MaxConnections(options, _opensFiles));
        Func<MemoryReading> readMemory = builder.ReadMemory ?? ProcessMemory.Read;
        var memory = new MemoryReclaimer(
            ProcessMemory.GiveBack,
            () => readMemory() with { Connections = connections.Taken, MostConnections = connections.TakeMost() });
        Context = new ServerContext
        {
            Server = this,
            Options = options,
            Logger = logger,
            PeerLog = peerLog,
            TimeProvider = builder.TimeProvider,
            Services = builder.Services,
            Topics = new TopicHub(logger, peerLog, builder.Backlog, builder.Backplane, builder.CreateTopicRules()),
            Memory = memory,
            // The container's limit applies to the whole process, which tests share.
            Limits = new ServerLimits(
                new MemoryPressure(readMemory, memory, logger), _isReal ? ContainerMemory.ReadLimit : static () => 0),
            TurnUnits = builder.TurnUnits,
            Connections = connections,
        };
        EndPoint[] endPoints = ListenAddress.EndPointsOf(_addresses);
        Handshakes = new HandshakeContext(Context, builder.Routes, builder.Pages, endPoints)
        {
            CreateHttp = builder.CreateHttp,
        };
        var transportOptions = new TransportOptions
        {
            Loops = options.Loops > 0 ? options.Loops : Environment.ProcessorCount,
            TimeProvider = builder.TimeProvider,
        };
        ServerTransport transport =
            builder.CreateTransport?.Invoke(transportOptions) ?? ServerTransport.Create(options.Transport, transportOptions);
        _lifetime = new ServerLifetime(Handshakes, transport, builder.Hooks, builder.Inherited);
        (_meter, _admin) = Observe(builder);
        if (builder.Around is not { } around) return;
        _lifetime.IsInContainer = builder.IsInContainer;
        around.Attach(_lifetime, Context);
    }

    /// <summary>
    /// The addresses that the server listens on, such as <c>ws://127.0.0.1:8080</c>, <c>wss://127.0.0.1:8443</c> or
    /// <c>ws://unix:/run/wsaot.sock</c>, with the port that was chosen where you asked for 0. Empty before the start.
    /// </summary>
    public IReadOnlyList<string> Urls { get; private set; } = [];

    /// <summary>The number of open connections.</summary>
    public int ConnectionCount => _lifetime.ConnectionCount;

    /// <summary>
    /// The current options of the server. Do not change them here: the effect is undefined. Use <see
    /// cref="ApplyOptions(WsServerOptions)"/>.
    /// </summary>
    public WsServerOptions Options => Context.Options;

    /// <summary>
    /// Whether load balancers should send new clients here: true from the end of the <c>OnStarted</c> hooks until the server is told to
    /// stop. A stopping server is not ready, but accepts connections until <see cref="WsServerOptions.DrainDelayMs"/> has passed.
    /// </summary>
    public bool IsReady => _lifetime.IsReady;

    /// <summary>
    /// Cancelled when the server begins to stop, after <see cref="WsServerOptions.DrainDelayMs"/> and before it closes connections.
    /// Background work gets this token; use it for anything else that should end with the server.
    /// </summary>
    public CancellationToken Stopping => _lifetime.Stopping;

    /// <summary>The exception of the background work that stopped the server; null if none did.</summary>
    public Exception? Failure => _lifetime.Failure;

    internal ServerContext Context { get; }

    internal HandshakeContext Handshakes { get; }

    internal ServerLifetime Lifetime => _lifetime;

    /// <summary>Starts to build a server.</summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    public static WsServerBuilder CreateBuilder(WsRouteTable routes) => new(routes);

    /// <summary>
    /// Runs a server as a program, until SIGTERM or SIGINT. Reads the options (see <see cref="WsServerOptions"/>), prints a line
    /// <c>listening on ws://...</c> for each address to stdout when it is ready, logs to stderr, and drains when it is told to stop; a
    /// second signal ends it at once. With <c>--describe</c>, it does not serve but prints the routes: as a table, an OpenRPC document, or
    /// a TypeScript client.
    /// </summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    /// <param name="args">The command line; <c>--help</c> lists the options.</param>
    /// <param name="configure">
    /// Configures the server after the options have been read: services, hooks, background work, pages, your own options from
    /// <see cref="WsServerBuilder.Configuration"/>.
    /// </param>
    /// <param name="name">The name of the settings: the file <c>name.json</c> and the prefix <c>NAME_</c> of variables.</param>
    /// <param name="cancellationToken">Stops the server, as a signal does.</param>
    /// <returns>
    /// The exit code: 0 if it was stopped as asked, 1 if it could not run or background work has failed, 2 if an option is wrong.
    /// Exceptions of your own code, in <paramref name="configure"/> or in a service, are not caught, except a <see
    /// cref="WsOptionException"/> of <paramref name="configure"/>, which reports that one of your own options is wrong.
    /// </returns>
    /// <remarks>
    /// You can also use its parts yourself: <see cref="WsServerBuilder.TryReadCommandLine"/>, <see cref="WsServerBuilder.UseConsoleLog"/>
    /// and <see cref="WsServerBuilder.RunAsync"/>.
    /// </remarks>
    public static Task<int> RunAsync(
        WsRouteTable routes,
        string[] args,
        Action<WsServerBuilder>? configure = null,
        string name = ConfigurationNames.Default,
        CancellationToken cancellationToken = default) =>
        RunPreparedAsync(CreateBuilder(routes), args, configure, name, cancellationToken);

    /// <summary>
    /// Starts the loops, listens, calls the hooks that the builder's <c>OnStarted</c> has added, and begins the background work. The call
    /// blocks the thread until asynchronous hooks have ended, so they must not need this thread; <see cref="StartAsync"/> does not block.
    /// </summary>
    /// <exception cref="OperationCanceledException">The server was stopped while it started, for example by a hook.</exception>
    /// <exception cref="TransportException">
    /// The server cannot listen on an address; everything it started has been stopped again.
    /// </exception>
    /// <exception cref="WsStartException">A handler requires a service that is not registered.</exception>
    /// <exception cref="InvalidOperationException">The server has already been started.</exception>
    public void Start()
    {
        Listen();
        _lifetime.RunStartedHooks();
    }

    /// <summary>
    /// Starts the loops, listens, awaits the hooks that the builder's <c>OnStarted</c> has added, and begins the background work. Clients
    /// can connect while a hook is awaited.
    /// </summary>
    /// <param name="cancellationToken">Cancels the start while a hook is awaited: the server is stopped again.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the server was stopped while it started.</exception>
    /// <inheritdoc cref="Start"/>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        try
        {
            Listen();
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }

        return _lifetime.RunStartedHooksAsync(cancellationToken);
    }

    /// <summary>
    /// Starts the server and runs it until SIGTERM or SIGINT, until the token is cancelled, or until something else stops it; then drains
    /// it. A second signal ends the process at once.
    /// </summary>
    /// <param name="cancellationToken">Stops the server.</param>
    /// <returns>True if it was stopped by a signal, the token or a call; false if it stopped because background work failed.</returns>
    /// <exception cref="TransportException">The server cannot listen on an address.</exception>
    /// <exception cref="InvalidOperationException">The server has already been started.</exception>
    public Task<bool> RunUntilSignalAsync(CancellationToken cancellationToken = default) =>
        SignalRun.RunAsync(this, announce: null, cancellationToken);

    /// <summary>
    /// Drains and stops the server: waits for <see cref="WsServerOptions.DrainDelayMs"/>, stops accepting connections, closes the open ones
    /// in batches (<see cref="WsServerOptions.DrainBatch"/>), each connection after its running calls have ended, and ends the loops when
    /// the last connection has closed or <see cref="WsServerOptions.DrainTimeoutMs"/> has passed.
    /// </summary>
    /// <param name="cancellationToken">Ends the drain early.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        _admin is null ? _lifetime.StopAsync(cancellationToken) : StopWithAdminAsync(_admin, cancellationToken);

    /// <summary>
    /// Stops the server without draining, and disposes the services that factories have created. <see cref="Dispose"/> blocks the thread
    /// until that is done; use it in code that cannot await.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _meter?.Dispose();
        await Context.Services.DisposeMadeAsync(Context.Logger).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    // On the thread pool, so that no continuation needs this thread, which is blocked here.
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    /// <summary>The connections that are open at the moment of the call.</summary>
    public IReadOnlyList<WsConnection> GetConnections() => _lifetime.GetSessions().ConvertAll(static session => session.Connection);

    /// <summary>Publishes a text message to all subscribers of a topic. It is framed once and shared by all of them.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8; it is not checked. You can reuse the memory when the call returns.</param>
    /// <remarks>
    /// All subscribers of a topic get its messages in the same order, whichever threads publish them. If you publish on a loop, the
    /// subscribers on that loop get the message before the call returns, unless earlier messages to the topic still wait there, or the loop
    /// has so many subscribers that delivery takes several turns.
    /// </remarks>
    public void Publish(string topic, ReadOnlySpan<byte> utf8) => Context.Topics.Publish(topic, Opcode.Text, utf8);

    /// <summary>Publishes a binary message to all subscribers of a topic. It is framed once and shared by all of them.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The message. You can reuse the memory when the call returns.</param>
    public void PublishBinary(string topic, ReadOnlySpan<byte> payload) => Context.Topics.Publish(topic, Opcode.Binary, payload);

    /// <summary>
    /// Sends typed notifications to all subscribers of a topic, from anywhere: <c>server.Topic&lt;IChatClient&gt;("lobby").Said(...)</c>.
    /// Each notification is converted to JSON once. Any thread; you can keep the returned object.
    /// </summary>
    /// <typeparam name="TClient">
    /// A <see cref="JsonRpcClientAttribute"/> interface that a handler takes, or whose attribute names a <see
    /// cref="JsonRpcClientAttribute.Json"/> context.
    /// </typeparam>
    /// <param name="topic">The topic's name; compared ordinally.</param>
    /// <returns>
    /// Calls of <c>void</c> methods are published; the task of any other method fails with an <see cref="InvalidOperationException"/>,
    /// since a topic has no single answer.
    /// </returns>
    /// <exception cref="InvalidOperationException">No table of the server has the interface.</exception>
    public TClient Topic<TClient>(string topic)
        where TClient : class =>
        (TClient?)Handshakes.Routes.CreateClient(typeof(TClient), this, topic)
        ?? throw new InvalidOperationException(
            $"{typeof(TClient)} is not a client interface of this server's routes: mark it [JsonRpcClient(Json = typeof(...))].");

    /// <summary>Starts the closing handshake of every open connection.</summary>
    /// <param name="code">1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4).</param>
    /// <param name="reason">Shown to the clients. Cut after 123 bytes of UTF-8, at a character boundary.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not one of these.</exception>
    public void CloseAll(ushort code = CloseCode.GoingAway, string reason = "")
    {
        Session.ThrowIfNotSendable(code);
        foreach (Session session in _lifetime.GetSessions()) session.Close(code, reason);
    }

    private void Listen()
    {
        if (_isOnlyChecked) throw new WsStartException("--check starts no server: call the builder's RunAsync, which reports the result.");
        // A server that was started before reports that instead.
        if (_lifetime.State == ServerState.Created) Context.Services.ThrowIfMissing(Handshakes.Routes);
        StartShown();
    }

    private static int MaxConnections(WsServerOptions options, bool opensFiles) => options.MaxConnections > 0
        ? options.MaxConnections
        : ConnectionLimit.DefaultFor(ServerTransport.DescriptorLimit - ReservedDescriptors, opensFiles);
}
