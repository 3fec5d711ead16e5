using WsAot.Compression;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Liveness;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>What holds for the connections of a route: its own options, and the server's where it has none. Shared by them all.</summary>
internal sealed class RouteSettings(WsRoute route, WsServerOptions server)
{
    // All connections of a route have the same path, or those of one room come one after the other; then they share the string.
    private NamedPath? _lastPath;

    public WsRoute Route { get; } = route;

    /// <summary>Whether a method of the handler may go on after it has returned.</summary>
    public bool IsAsynchronous { get; } = (route.Events & WsHandlerEvents.Asynchronous) != 0;

    public ReceiveLimits ReceiveLimits { get; } = new(
        OrElse(route.Options.MaxMessageBytes, server.MaxMessageBytes),
        OrElse(route.Options.MaxFragments, server.MaxFragments),
        server.MaxInflateRatio);

    /// <summary>What is wanted of permessage-deflate; null where it is not accepted.</summary>
    public DeflatePolicy? Deflate { get; } = PolicyOf(route, server);

    public int CompressionThresholdBytes { get; } = server.CompressionThresholdBytes;

    public int MaxPendingInputBytes { get; } = server.MaxPendingInputBytes;

    public int MaxPendingOutputBytes { get; } = OrElse(route.Options.MaxPendingOutputBytes, server.MaxPendingOutputBytes);

    public bool ClosesSlowConsumers { get; } =
        (route.Options.SlowConsumer == SlowConsumerPolicy.Default ? server.SlowConsumer : route.Options.SlowConsumer)
        == SlowConsumerPolicy.Close;

    public KeepAliveOptions KeepAlive { get; } =
        new(server.PingIntervalMs, server.PongTimeoutMs, server.IdleTimeoutMs, server.CloseTimeoutMs);

    /// <summary>The path of a request as text. Any loop.</summary>
    public string PathOf(WsRequest request)
    {
        if (_lastPath is { } last && last.Path.Equals(request.ParsedPath)) return last.Text;
        var path = new NamedPath(request.ParsedPath.Copy(), request.Path);
        _lastPath = path;
        return path.Text;
    }

    /// <summary>Whether each connection of a route has a compressor of its own.</summary>
    public static bool HasOwnCompressors(WsRoute route, WsServerOptions server) => PolicyOf(route, server) is { NoContextTakeover: false };

    private static DeflatePolicy? PolicyOf(WsRoute route, WsServerOptions server)
    {
        WsCompression compression = route.Options.Compression == WsCompression.Default ? server.Compression : route.Options.Compression;
        return CompressionFeature.IsSupported && compression is (WsCompression.Shared or WsCompression.Dedicated)
            ? new DeflatePolicy(NoContextTakeover: compression == WsCompression.Shared)
            : null;
    }

    private static int OrElse(int own, int servers) => own > 0 ? own : servers;

    private sealed class NamedPath(RequestPath path, string text)
    {
        public RequestPath Path { get; } = path;

        public string Text { get; } = text;
    }
}
