using System.Diagnostics.CodeAnalysis;
using WsAot.Compression;
using WsAot.Limits;
using WsAot.Loops;
using WsAot.Metrics;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Liveness;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>
/// The settings of a route: its own options, and the server's options where the route sets none. All connections of the route on one loop
/// share them. Used on that loop unless a member says otherwise.
/// </summary>
internal sealed class RouteSettings
{
    /// <summary>The default fragment limit is never lower than this.</summary>
    private const int LeastMaxFragments = 1024;

    /// <summary>The default fragment limit allows a message of the maximum size in fragments of this size.</summary>
    private const int FragmentBytes = 1024;

    // Most routes have one path, and connections to one room often come in a row. Remembering the last names lets them share one object.
    private SharedNames? _lastNames;

    // One bit for each kind of message, copied from the route because every message reads it.
    private readonly int _taken;

    /// <summary>The counters. A field, so that counting a message takes no call.</summary>
    public RouteCounters Counters = new();

    public RouteSettings(WsRoute route, WsServerOptions server)
    {
        Route = route;
        IsAsynchronous = (route.Events & WsHandlerEvents.Asynchronous) != 0;
        _taken = Taken(ReceiveStatus.Text, WsHandlerEvents.Text) | Taken(ReceiveStatus.Binary, WsHandlerEvents.Binary)
            | Taken(ReceiveStatus.Pong, WsHandlerEvents.Pong);
        Apply(server);

        int Taken(ReceiveStatus kind, WsHandlerEvents events) => (route.Events & events) == 0 ? 0 : 1 << (int)kind;
    }

    public WsRoute Route { get; }

    /// <summary>Whether any method of the handler is asynchronous.</summary>
    public bool IsAsynchronous { get; }

    /// <summary>Whether the handler has a method for a kind of message.</summary>
    public bool Takes(ReceiveStatus kind) => ((_taken >> (int)kind) & 1) != 0;

    /// <summary>The server's policy for permessage-deflate; null if the route does not accept it. Used for new connections.</summary>
    public DeflatePolicy? Deflate { get; private set; }

    public ReceiveLimits ReceiveLimits { get; private set; }

    public int CompressionThresholdBytes { get; private set; }

    public int MaxPendingInputBytes { get; private set; }

    /// <summary>Any thread.</summary>
    public int MaxPendingOutputBytes { get; private set; }

    public bool ClosesSlowConsumers { get; private set; }

    public KeepAliveOptions KeepAlive { get; private set; }

    /// <summary>The rate limits of the peers; null if there are none.</summary>
    public RateLimits? Rates { get; private set; }

    /// <summary>The maximum age of a connection; 0 for no limit.</summary>
    public int MaxLifetimeMs { get; private set; }

    /// <summary>Applies new options of the server. Options that may change while connections are open change for all of them.</summary>
    [MemberNotNull(nameof(ReceiveLimits), nameof(KeepAlive))]
    public void Apply(WsServerOptions server)
    {
        Deflate = PolicyOf(Route, server);
        ReceiveLimits = LimitsOf(Route, server);
        CompressionThresholdBytes = server.CompressionThresholdBytes;
        MaxPendingInputBytes = server.MaxPendingInputBytes;
        MaxPendingOutputBytes = OrElse(Route.Options.MaxPendingOutputBytes, server.MaxPendingOutputBytes);
        SlowConsumerPolicy own = Route.Options.SlowConsumer;
        ClosesSlowConsumers = (own == SlowConsumerPolicy.Default ? server.SlowConsumer : own) == SlowConsumerPolicy.Close;
        KeepAlive = new KeepAliveOptions(server.PingIntervalMs, server.PongTimeoutMs, server.IdleTimeoutMs, server.CloseTimeoutMs);
        Rates = RateLimits.For(Route.Options, server);
        MaxLifetimeMs = OrElse(Route.Options.MaxConnectionLifetimeMs, server.MaxConnectionLifetimeMs);
    }

    /// <summary>The decoded path of a request and its subprotocol, shared with the last request if both are the same.</summary>
    public SharedNames NamesOf(WsRequest request, string? subprotocol)
    {
        if (_lastNames is { } last && last.Subprotocol == subprotocol && request.ParsedPath.IsWrittenAs(last.PathUtf8)) return last;
        return _lastNames = new SharedNames(request.ParsedPath, subprotocol);
    }

    /// <summary>Whether each connection of a route has its own compressor.</summary>
    public static bool HasOwnCompressors(WsRoute route, WsServerOptions server) => PolicyOf(route, server) is { NoContextTakeover: false };

    private static DeflatePolicy? PolicyOf(WsRoute route, WsServerOptions server)
    {
        WsCompression compression = route.Options.Compression == WsCompression.Default ? server.Compression : route.Options.Compression;
        return CompressionFeature.IsSupported && compression is (WsCompression.Shared or WsCompression.Dedicated)
            ? new DeflatePolicy(NoContextTakeover: compression == WsCompression.Shared)
            : null;
    }

    private static ReceiveLimits LimitsOf(WsRoute route, WsServerOptions server)
    {
        int maxMessageBytes = OrElse(route.Options.MaxMessageBytes, server.MaxMessageBytes);
        // Some clients cut messages into frames of 4 KiB or less, so a higher message limit needs a higher fragment limit.
        int fitting = Math.Max(LeastMaxFragments, maxMessageBytes / FragmentBytes);
        int maxFragments = OrElse(route.Options.MaxFragments, OrElse(server.MaxFragments, fitting));
        return new ReceiveLimits(maxMessageBytes, maxFragments, TurnCosts.MaxInflatedBytes);
    }

    private static int OrElse(int routeValue, int serverValue) => routeValue > 0 ? routeValue : serverValue;
}
