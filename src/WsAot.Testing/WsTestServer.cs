using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Testing.Running;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Testing;

/// <summary>
/// A server for tests. It is the real server, with connections in memory and a clock that stands still until the test advances it. It has
/// no thread: when the test calls a member of this class or of a client, the server runs until nothing is left to do, so tests are
/// deterministic. You can call its members from any thread; one call runs at a time.
/// </summary>
/// <remarks>
/// A waiting handler continues at the test's next call to the server or a client, for example after the test has advanced the clock or
/// completed a task. While a handler's call is busy, a result may come from another thread or a database, so reading waits, up to <see
/// cref="BusyTimeout"/>. If no call is busy, nothing more can arrive, and reading fails at once.
/// </remarks>
public sealed partial class WsTestServer : IAsyncDisposable
{
    private readonly TestLog _log;
    private readonly Task _start;
    private JsonSerializerOptions? _json;

    private WsTestServer(WsServer server, Pump pump, TestLog log)
    {
        (Server, Pump, _log) = (server, pump, log);
        pump.IsBusy = IsBusy;
        _start = pump.Do(() => pump.Context.Start(() => server.StartAsync()));
        if (_start.IsCompleted) _start.GetAwaiter().GetResult();
    }

    /// <summary>The server.</summary>
    public WsServer Server { get; }

    /// <summary>The clock of the server. It starts on 2026-01-01 in UTC, and stands still until you call <see cref="Advance"/>.</summary>
    public TimeProvider TimeProvider => Pump.Time;

    /// <summary>A copy of everything that the server and the handlers have logged so far, at all levels.</summary>
    public IReadOnlyList<WsTestLogEntry> Log => _log.Entries;

    /// <summary>
    /// How long, in real time, reading waits while a handler's call is busy; zero to never wait. Only tests that fail, or whose handlers
    /// wait for other threads, spend this time. Default: 5 seconds.
    /// </summary>
    public TimeSpan BusyTimeout
    {
        get => Pump.BusyTimeout;
        set => Pump.BusyTimeout = value;
    }

    /// <summary>
    /// Whether <see cref="DisposeAsync"/> throws if a handler has thrown an exception that the test did not take with <see
    /// cref="TakeExceptions"/>. Default: true.
    /// </summary>
    public bool ThrowOnHandlerExceptions { get; set; } = true;

    /// <summary>
    /// The options with which clients convert the values of JSON-RPC calls, such as <c>ChatJson.Default.Options</c> of your
    /// JsonSerializerContext. Types that it does not know are converted by reflection. Set it before the first call. Default: the options
    /// of System.Text.Json.
    /// </summary>
    public JsonSerializerOptions Json
    {
        get => _json ?? JsonSerializerOptions.Default;
        set => _json = value;
    }

    internal Pump Pump { get; }

    internal bool IsDisposed { get; private set; }

    /// <summary>Creates a server and starts it.</summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    /// <param name="configure">
    /// Adds services and sets options, as for <see cref="WsServer.CreateBuilder"/>. <see cref="WsServerBuilder.TimeProvider"/> is already
    /// the test's clock, for services that need one. The server has one loop unless you set <see cref="WsServerOptions.Loops"/>; all loops
    /// run on the test's thread, in turn.
    /// </param>
    /// <remarks>
    /// An asynchronous hook of <c>OnStarted</c> that waits for the clock, or for another thread, continues at the test's next call to the
    /// server. If it fails then, <see cref="DisposeAsync"/> throws its exception.
    /// </remarks>
    /// <exception cref="WsTestException">The builder has another clock or transport.</exception>
    public static WsTestServer Create(WsRouteTable routes, Action<WsServerBuilder>? configure = null)
    {
        var time = new ManualTime();
        var log = new TestLog();
        var pump = new Pump(time);
        WsServerBuilder builder = WsServer.CreateBuilder(routes);
        builder.Options.Urls = "ws://127.0.0.1:80";
        builder.Options.Loops = 1;
        builder.TimeProvider = time;
        builder.LoggerFactory = log;
        // The memory of the test process does not count for this server.
        builder.ReadMemory = static () => default;
        configure?.Invoke(builder);
        if (!ReferenceEquals(builder.TimeProvider, time) || builder.CreateTransport is not null)
        {
            throw new WsTestException("A test server has its own clock and transport: do not set TimeProvider or CreateTransport.");
        }

        if (builder.Hooks is { } hooks) hooks.StartWork = pump.Context.Start;
        if (!ReferenceEquals(builder.LoggerFactory, log)) log.Next = builder.LoggerFactory;
        builder.LoggerFactory = log;
        builder.CreateTransport = options => pump.Transport = CreateTransport(options, pump);
        return new WsTestServer(builder.Build(), pump, log);
    }

    /// <summary>
    /// Runs the server until nothing is left to do. All other members do that too, so you need it only after you have completed something
    /// that a handler waits for.
    /// </summary>
    public void Run() => Pump.Do(static () => { });

    /// <summary>
    /// Advances the clock: timers fire, pings are sent and connections time out, in the order of their times. It does not wait for handlers
    /// that wait for other threads.
    /// </summary>
    /// <param name="time">By how much; 0 or more.</param>
    /// <exception cref="InvalidOperationException">A handler called it.</exception>
    public void Advance(TimeSpan time) => Pump.Advance(time);

    /// <summary>
    /// Takes the exceptions that handlers have thrown since the last call, in order: those of events, upgrades, constructors, JSON-RPC
    /// methods and disposed services. <see cref="DisposeAsync"/> does not throw them again.
    /// </summary>
    public IReadOnlyList<Exception> TakeExceptions()
    {
        Run();
        return _log.TakeExceptions();
    }

    /// <summary>
    /// Stops the server as <see cref="WsServer.StopAsync"/> does: it closes connections with 1001, and waits for them and for busy
    /// handlers. The clock advances as far as that takes, up to <see cref="WsServerOptions.DrainTimeoutMs"/>.
    /// </summary>
    /// <remarks>
    /// To observe a server while it stops, call <c>Server.StopAsync()</c>, advance the clock with <see cref="Advance"/>, and then await the
    /// task.
    /// </remarks>
    public async Task StopAsync()
    {
        var step = TimeSpan.FromMilliseconds(10);
        Task stop = Pump.Do(() => Server.StopAsync());
        await Pump.WaitAsync(() => stop.IsCompleted || !IsBusy(), static () => true);
        while (!stop.IsCompleted) Advance(step);
        await stop;
    }

    /// <summary>Stops the server without draining, and disposes the services that factories have created.</summary>
    /// <exception cref="WsTestException">
    /// A handler has thrown an exception that the test did not take, and <see cref="ThrowOnHandlerExceptions"/> is set.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        if (IsDisposed) return;
        Run();
        IsDisposed = true;
        Task disposal = Pump.Do(() => Server.DisposeAsync().AsTask());
        // A service may wait for another thread when it is disposed.
        await Pump.WaitAsync(() => disposal.IsCompleted, static () => true);
        if (disposal.IsCompleted) await disposal;
        if (_start.IsFaulted) await _start;
        if (!ThrowOnHandlerExceptions || _log.TakeExceptions() is not { Length: > 0 } thrown) return;
        throw new WsTestException(
            $"A handler threw an exception that the test did not take: {thrown[0].GetType()}: {thrown[0].Message} "
            + $"({thrown.Length} in all). Take it with TakeExceptions(), or set ThrowOnHandlerExceptions to false.",
            thrown[0]);
    }

    internal JsonSerializerOptions GetJsonOptions()
    {
        if (_json is not { TypeInfoResolver: { } resolver }) return Json;
        return new JsonSerializerOptions(_json)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(resolver, new DefaultJsonTypeInfoResolver()),
        };
    }

    private static InMemoryTransport CreateTransport(TransportOptions options, Pump pump)
    {
        // Small buffers, because test servers read and write little, and tests create many of them.
        var small = new TransportOptions
        {
            Loops = options.Loops,
            ReceiveBufferBytes = 64 * 1024,
            SendBufferBytes = 16 * 1024,
            TimeProvider = options.TimeProvider,
        };
        return new InMemoryTransport(small) { Woken = pump.Signal, PretendTls = static _ => new UnreadCertificates() };
    }

    /// <summary>
    /// Whether a handler's call is running, a request is unanswered (such as an upgrade that is being decided), or a hook of the start is
    /// awaited. Only these can make anything happen without the test.
    /// </summary>
    private bool IsBusy()
    {
        // The constructor calls this too, while it starts the server.
        int busy = _asked.Count + (_start is { IsCompleted: false } ? 1 : 0);
        foreach (ServerLoop loop in Server.Lifetime.Loops) busy += loop.State.Unfinished;
        foreach (TransportLoop loop in Pump.Transport.Loops) busy -= loop.ConnectionCount;
        return busy > 0;
    }
}
