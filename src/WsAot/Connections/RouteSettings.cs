using WsAot.Compression;
using WsAot.Loops;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Liveness;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>The settings of a route: its own options, and the server's for those it leaves out. Shared by all its connections.</summary>
internal sealed class RouteSettings(WsRoute route, WsServerOptions server)
{
    /// <summary>The least limit of fragments that follows from the message limit.</summary>
    private const int LeastMaxFragments = 1024;

    /// <summary>The pieces in which the message limit is counted for the limit of fragments.</summary>
    private const int FragmentBytes = 1024;

    // Most routes have one path, and connections to one room often come one after the other, so remembering the last path lets them share
    // it.
    private NamedPath? _lastPath;

    public WsRoute Route { get; } = route;

    /// <summary>Whether any method of the handler is asynchronous.</summary>
    public bool IsAsynchronous { get; } = (route.Events & WsHandlerEvents.Asynchronous) != 0;

    public ReceiveLimits ReceiveLimits { get; } = LimitsOf(route, server);

    /// <summary>What the server wants of permessage-deflate; null if the route does not accept it.</summary>
    public DeflatePolicy? Deflate { get; } = PolicyOf(route, server);

    public int CompressionThresholdBytes { get; } = server.CompressionThresholdBytes;

    public int MaxPendingInputBytes { get; } = server.MaxPendingInputBytes;

    public int MaxPendingOutputBytes { get; } = OrElse(route.Options.MaxPendingOutputBytes, server.MaxPendingOutputBytes);

    public bool ClosesSlowConsumers { get; } =
        (route.Options.SlowConsumer == SlowConsumerPolicy.Default ? server.SlowConsumer : route.Options.SlowConsumer)
        == SlowConsumerPolicy.Close;

    public KeepAliveOptions KeepAlive { get; } =
        new(server.PingIntervalMs, server.PongTimeoutMs, server.IdleTimeoutMs, server.CloseTimeoutMs);

    /// <summary>The decoded path of a request, shared with the last request if it had the same path. Any loop.</summary>
    public NamedPath PathOf(WsRequest request)
    {
        if (_lastPath is { } last && request.ParsedPath.IsWrittenAs(last.Utf8)) return last;
        return _lastPath = new NamedPath(request.ParsedPath);
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
