using System.Net;
using Microsoft.Extensions.Logging;
using WsAot.Hosting;
using WsAot.Http;
using WsAot.Memory;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Sessions;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// A WebSocket server: its loops, the addresses it listens on, and the connections it has. All members may be used from any thread, but
/// for starting, stopping and disposing, which one thread does.
/// </summary>
public sealed partial class WsServer : IAsyncDisposable
{
    internal const string StoppingReason = "the server is stopping";

    /// <summary>Connections over the limit that may be there at once to be told 503; further ones are reset.</summary>
    private const int MaxRefusals = 32;

    /// <summary>Descriptors kept for what is not a connection: the listeners, epoll, those being refused, and files.</summary>
    private const int ReservedDescriptors = 32 + MaxRefusals;

    private const int DefaultMaxConnections = 100_000;

    /// <summary>How long, after the drain timeout, each loop has to end what it is in the middle of.</summary>
    private const int LastWaitMs = 250;

    /// <summary>How often a server that stops looks whether all have gone.</summary>
    private static readonly TimeSpan s_drainCheckInterval = TimeSpan.FromMilliseconds(10);

    private readonly IReadOnlyList<IPEndPoint> _addresses;
    private readonly List<HttpPage> _pages;
    private readonly Dictionary<WsRoute, RouteSettings> _settings;
    private readonly TimeProvider _timeProvider;
    private readonly ServerTransport _transport;
    private readonly int _maxConnections;
    private ServerLoop[] _loops = [];
    private long _lastConnectionId;
    private int _connections;
    private int _refusals;
    private bool _isStopped;

    internal WsServer(WsServerBuilder builder)
    {
        Options = builder.Options;
        if (Options.FindError() is { } error) throw new ArgumentException(error);
        _addresses = ListenAddress.ParseAll(Options.Urls);
        Origins = new OriginPolicy(Options.AllowedOrigins);
        HandshakeLimits = new HandshakeLimits(Options.MaxHeadBytes, Options.MaxHeaderCount);
        Routes = builder.Routes;
        _settings = [];
        foreach (WsRoute route in Routes.Routes) _settings.Add(route, new RouteSettings(route, Options));
        _pages = builder.Pages;
        _timeProvider = builder.TimeProvider;
        Backlog = builder.Backlog;
        Turn = builder.Turn;
        Services = builder.Services;
        Services.Freeze(builder.LoggerFactory, builder.TimeProvider);
        Logger = new SafeLogger(builder.LoggerFactory.CreateLogger("WsAot.Server"));
        var transportOptions = new TransportOptions { Loops = Options.Loops > 0 ? Options.Loops : Environment.ProcessorCount };
        _transport = builder.CreateTransport?.Invoke(transportOptions) ?? ServerTransport.Create(Options.Transport, transportOptions);
        _maxConnections = Options.MaxConnections > 0
            ? Options.MaxConnections
            : Math.Min(DefaultMaxConnections, Math.Max(1, ServerTransport.DescriptorLimit - ReservedDescriptors));
    }

    /// <summary>The addresses listened on, as <c>ws://127.0.0.1:8080</c>, with the real port where 0 was asked for. Empty before the start.</summary>
    public IReadOnlyList<string> Urls { get; private set; } = [];

    /// <summary>Open connections.</summary>
    public int ConnectionCount
    {
        get
        {
            int count = 0;
            foreach (ServerLoop loop in _loops) count += loop.CountSessions();
            return count;
        }
    }

    /// <summary>What the server was told.</summary>
    public WsServerOptions Options { get; }

    internal WsRouteTable Routes { get; }

    internal WsServices Services { get; }

    internal ILogger Logger { get; }

    internal HandshakeLimits HandshakeLimits { get; }

    internal OriginPolicy Origins { get; }

    /// <summary>Whether connections of a route have compressors of their own.</summary>
    internal bool HasDedicatedCompression
    {
        get
        {
            foreach (RouteSettings settings in _settings.Values)
            {
                if (settings.Deflate is { NoContextTakeover: false }) return true;
            }

            return false;
        }
    }

    internal ServerHeap Heap { get; } = new(ProcessMemory.GiveBack);

    internal DeliveryBacklog Backlog { get; }

    /// <summary>What each turn of a connection begins with.</summary>
    internal TurnBudget Turn { get; }

    internal DateTimeOffset UtcNow => _timeProvider.GetUtcNow();

    /// <summary>Begins to put together a server.</summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    public static WsServerBuilder CreateBuilder(WsRouteTable routes) => new(routes);

    /// <summary>Starts the loops and listens.</summary>
    /// <exception cref="TransportException">An address cannot be listened on; nothing is left running then.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        if (_loops.Length > 0 || _isStopped) throw new InvalidOperationException("A server is started once.");
        var loops = new List<ServerLoop>();
        try
        {
            _transport.Start(transport =>
            {
                var loop = new ServerLoop(this, transport, _timeProvider);
                loops.Add(loop);
                return loop;
            });
            _loops = [.. loops];
            var urls = new List<string>();
            foreach (IPEndPoint address in _addresses) urls.Add(ListenAddress.Format(_transport.Listen(new ListenOptions(address))));
            Urls = urls;
        }
        catch
        {
            _isStopped = true;
            _transport.Dispose();
            throw;
        }

        foreach (string url in Urls) Log.Listening(Logger, url, _transport.Name, _loops.Length);
    }

    /// <summary>
    /// Stops: nobody is let in any more, every connection is closed with 1001, and after the last has gone, or
    /// <see cref="WsServerOptions.DrainTimeoutMs"/> is over, the loops end.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting sooner.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_isStopped) return;
        _isStopped = true;
        Log.Stopping(Logger, ConnectionCount);
        long start = _timeProvider.GetTimestamp();
        // A handler that blocks its loop must not keep the process: what it holds up is waited for as long as all else, and no longer.
        _transport.StopTimeoutMs = Options.DrainTimeoutMs;
        await _transport.StopListeningAsync().ConfigureAwait(false);
        foreach (ServerLoop loop in _loops) loop.Post(new DrainCall(loop));
        while (CountUnfinished() > 0 && !cancellationToken.IsCancellationRequested
            && _timeProvider.GetElapsedTime(start).TotalMilliseconds < Options.DrainTimeoutMs)
        {
            await Task.Delay(s_drainCheckInterval, _timeProvider, CancellationToken.None).ConfigureAwait(false);
        }

        if (CountUnfinished() is > 0 and int left)
        {
            Log.DrainTimedOut(Logger, left, Options.DrainTimeoutMs);
            _transport.StopTimeoutMs = LastWaitMs;
        }

        await _transport.DisposeAsync().ConfigureAwait(false);
        Log.Stopped(Logger);
    }

    /// <summary>Stops without waiting for connections, and disposes the services that factories have made.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await Services.DisposeMadeAsync(Logger).ConfigureAwait(false);
    }

    /// <summary>The connections that were open at the moment of the call.</summary>
    public IReadOnlyList<WsConnection> GetConnections() => Sessions().ConvertAll(static session => session.Connection);

    /// <summary>Sends a text message to all subscribers of a topic. It is framed once and shared by them all.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="utf8">Valid UTF-8, which is not checked again. Free for reuse when the call returns.</param>
    public void Publish(string topic, ReadOnlySpan<byte> utf8) => Publish(topic, Opcode.Text, utf8);

    /// <inheritdoc cref="Publish(string, ReadOnlySpan{byte})"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    public void Publish(string topic, string text)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        Publish(topic, Opcode.Text, utf8.Bytes);
    }

    /// <summary>Sends a binary message to all subscribers of a topic. It is framed once and shared by them all.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">Free for reuse when the call returns.</param>
    public void PublishBinary(string topic, ReadOnlySpan<byte> payload) => Publish(topic, Opcode.Binary, payload);

    /// <summary>Sends a text message to every open connection. It is framed once and shared by them all.</summary>
    /// <param name="utf8">Valid UTF-8, which is not checked again. Free for reuse when the call returns.</param>
    public void SendToAll(ReadOnlySpan<byte> utf8) => ToEveryLoop(null, new SharedFrame(Opcode.Text, utf8));

    /// <summary>Sends a binary message to every open connection. It is framed once and shared by them all.</summary>
    /// <param name="payload">Free for reuse when the call returns.</param>
    public void SendBinaryToAll(ReadOnlySpan<byte> payload) => ToEveryLoop(null, new SharedFrame(Opcode.Binary, payload));

    /// <summary>Begins the closing handshake of every open connection.</summary>
    /// <param name="code">1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4).</param>
    /// <param name="reason">Cut off at a character after 123 bytes of UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is another.</exception>
    public void CloseAll(ushort code = CloseCode.GoingAway, string reason = "")
    {
        Session.ThrowIfNotSendable(code);
        foreach (Session session in Sessions()) session.Close(code, reason);
    }

    internal HttpPage? FindPage(ReadOnlySpan<byte> path)
    {
        foreach (HttpPage page in _pages)
        {
            if (path.SequenceEqual(page.Path)) return page;
        }

        return null;
    }

    internal RouteSettings SettingsOf(WsRoute route) => _settings[route];

    internal long NextConnectionId() => Interlocked.Increment(ref _lastConnectionId);

    internal bool TryTakeConnection() => TryTake(ref _connections, _maxConnections);

    internal void ReturnConnection()
    {
        Interlocked.Decrement(ref _connections);
        Heap.AddDropped(ServerHeap.ConnectionBytes);
    }

    internal bool TryTakeRefusal() => TryTake(ref _refusals, MaxRefusals);

    internal void ReturnRefusal() => Interlocked.Decrement(ref _refusals);

    private static bool TryTake(ref int taken, int max)
    {
        if (Interlocked.Increment(ref taken) <= max) return true;
        Interlocked.Decrement(ref taken);
        return false;
    }

    internal int CountUnfinished()
    {
        int count = 0;
        foreach (ServerLoop loop in _loops) count += loop.Unfinished;
        return count;
    }

    private List<Session> Sessions()
    {
        var sessions = new List<Session>();
        foreach (ServerLoop loop in _loops) loop.CopySessionsTo(sessions);
        return sessions;
    }

    internal void Publish(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        ToEveryLoop(topic, new SharedFrame(opcode, payload));

    private void ToEveryLoop(string? topic, SharedFrame frame)
    {
        foreach (ServerLoop loop in _loops)
        {
            if (loop.IsCurrent)
            {
                loop.HasPublished = true;
                loop.Deliveries += loop.Deliver(topic, frame);
            }
            else
            {
                loop.PostDelivery(topic, frame);
            }
        }
    }

    private sealed class DrainCall(ServerLoop loop) : LoopCall
    {
        public override void Run() => loop.Drain();
    }

}
