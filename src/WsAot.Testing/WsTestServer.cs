using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Testing.Running;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Testing;

/// <summary>
/// A server for tests. It is the real one, with connections in memory and a clock that stands still until the test lets it go on. It has no
/// thread: it runs while the test calls a member of this class or of a client, until nothing is left to do. So a test does the same each
/// time. Its members may be called from any thread; one call at a time runs.
/// </summary>
/// <remarks>
/// A handler that waits for something goes on when the test next touches the server or a client: after it let time pass, or completed a
/// task. What the test waits for while a handler's call is busy may come from elsewhere (another thread, a database), so reading then
/// waits, up to <see cref="BusyTimeout"/>. If no call is busy, nothing can come any more, and reading fails at once.
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

    /// <summary>The clock of the server. It starts on 2026-01-01, in UTC, and stands still: <see cref="Advance"/>.</summary>
    public TimeProvider TimeProvider => Pump.Time;

    /// <summary>What the server and the handlers have logged so far, at all levels. A copy.</summary>
    public IReadOnlyList<WsTestLogEntry> Log => _log.Entries;

    /// <summary>
    /// How long, in real time, reading waits while a handler's call is busy; zero: it never waits. It passes only in tests that fail, or
    /// whose handlers wait for other threads. Default: 5 seconds.
    /// </summary>
    public TimeSpan BusyTimeout
    {
        get => Pump.BusyTimeout;
        set => Pump.BusyTimeout = value;
    }

    /// <summary>
    /// Whether <see cref="DisposeAsync"/> throws if a handler has thrown and the test did not look: see <see cref="TakeExceptions"/>.
    /// Default: true.
    /// </summary>
    public bool ThrowOnHandlerExceptions { get; set; } = true;

    /// <summary>
    /// How clients convert the values of JSON-RPC calls: for example <c>ChatJson.Default.Options</c>, with your JsonSerializerContext.
    /// Types that it does not know are converted by reflection. Set it before the first call. Default: the options of System.Text.Json.
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
    /// Adds services and sets options, as for <see cref="WsServer.CreateBuilder"/>. The clock is set already, as
    /// <see cref="WsServerBuilder.TimeProvider"/>, for services that need one. The server has one loop unless you set
    /// <see cref="WsServerOptions.Loops"/>; all loops run on the test's thread, in turn.
    /// </param>
    /// <remarks>
    /// An asynchronous hook of <c>OnStarted</c> that waits for the clock, or for another thread, goes on when the test next touches the
    /// server. If it fails then, <see cref="DisposeAsync"/> throws its exception.
    /// </remarks>
    /// <exception cref="WsTestException">The builder was given another clock or transport.</exception>
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
        // What the process of the tests holds is no matter of this server.
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
    /// Runs the server until nothing is left to do. All other members do that, too: call it after the test has completed what a handler
    /// waits for.
    /// </summary>
    public void Run() => Pump.Do(static () => { });

    /// <summary>
    /// Lets time pass: timers fire, pings are sent, timeouts end connections, in the order of their times, as far as no handler waits for
    /// another thread.
    /// </summary>
    /// <param name="time">How long; 0 or more.</param>
    /// <exception cref="InvalidOperationException">A handler called it.</exception>
    public void Advance(TimeSpan time) => Pump.Advance(time);

    /// <summary>
    /// What handlers have thrown since the last call, first to last: exceptions of events, upgrades, constructors, JSON-RPC methods and of
    /// services that were disposed. The test has then looked at them.
    /// </summary>
    public IReadOnlyList<Exception> TakeExceptions()
    {
        Run();
        return _log.TakeExceptions();
    }

    /// <summary>
    /// Stops the server as <see cref="WsServer.StopAsync"/> does: clients are told 1001, and it waits for them and for busy handlers. Time
    /// passes as long as that takes, up to <see cref="WsServerOptions.DrainTimeoutMs"/>.
    /// </summary>
    /// <remarks>
    /// To look at a server that is stopping, call <c>Server.StopAsync()</c>, let time pass with <see cref="Advance"/>, and await the task
    /// then.
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
    /// A handler has thrown, the test did not look, and <see cref="ThrowOnHandlerExceptions"/> is set.
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
            $"A handler threw an exception that the test did not look at: {thrown[0].GetType()}: {thrown[0].Message} "
            + $"({thrown.Length} in all). Look at it with TakeExceptions(), or set ThrowOnHandlerExceptions to false.",
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
        // As the default of the transport: a server of a test reads and writes little, and many are made.
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
    /// Whether a handler's call has begun and not ended, or a request is not answered: an upgrade is being decided; or a hook of the start
    /// is awaited. Only what these wait for can make anything happen without the test.
    /// </summary>
    private bool IsBusy()
    {
        // The constructor asks, too, while it starts the server.
        int busy = _asked.Count + (_start is { IsCompleted: false } ? 1 : 0);
        foreach (ServerLoop loop in Server.Lifetime.Loops) busy += loop.State.Unfinished;
        foreach (TransportLoop loop in Pump.Transport.Loops) busy -= loop.ConnectionCount;
        return busy > 0;
    }
}
