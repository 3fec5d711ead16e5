using WsAot.Compression;
using WsAot.Http;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Routing;

namespace WsAot.Sessions;

/// <summary>What holds for the connections of a route: its own options, and the server's where it has none. Shared by them all.</summary>
internal sealed class RouteSettings(WsRoute route, WsServerOptions server)
{
    // All connections of a route have the same path, or those of one room come one after the other; then they share the string.
    private NamedPath? _lastPath;

    public WsRoute Route { get; } = route;

    public ReceiveLimits ReceiveLimits { get; } = new(
        OrElse(route.Options.MaxMessageBytes, server.MaxMessageBytes),
        OrElse(route.Options.MaxFragments, server.MaxFragments),
        server.MaxInflateRatio);

    /// <summary>What is wanted of permessage-deflate; null where it is not accepted.</summary>
    public DeflatePolicy? Deflate { get; } = PolicyOf(route.Options.Compression == WsCompression.Default ? server.Compression : route.Options.Compression);

    public int CompressionThresholdBytes { get; } = server.CompressionThresholdBytes;

    public int MaxPendingInputBytes { get; } = server.MaxPendingInputBytes;

    public int MaxPendingOutputBytes { get; } = OrElse(route.Options.MaxPendingOutputBytes, server.MaxPendingOutputBytes);

    public bool ClosesSlowConsumers { get; } =
        (route.Options.SlowConsumer == SlowConsumerPolicy.Default ? server.SlowConsumer : route.Options.SlowConsumer)
        == SlowConsumerPolicy.Close;

    public int PingIntervalMs { get; } = server.PingIntervalMs;

    public int PongTimeoutMs { get; } = server.PongTimeoutMs;

    public int IdleTimeoutMs { get; } = server.IdleTimeoutMs;

    public int CloseTimeoutMs { get; } = server.CloseTimeoutMs;

    /// <summary>The path of a request as text. Any loop.</summary>
    public string PathOf(WsRequest request)
    {
        if (_lastPath is { } last && last.Path.Equals(request.ParsedPath)) return last.Text;
        var path = new NamedPath(request.ParsedPath.Copy(), request.Path);
        _lastPath = path;
        return path.Text;
    }

    private static DeflatePolicy? PolicyOf(WsCompression compression) =>
        CompressionFeature.IsSupported && compression is (WsCompression.Shared or WsCompression.Dedicated)
            ? new DeflatePolicy(NoContextTakeover: compression == WsCompression.Shared)
            : null;

    private static int OrElse(int own, int servers) => own > 0 ? own : servers;

    private sealed class NamedPath(RequestPath path, string text)
    {
        public RequestPath Path { get; } = path;

        public string Text { get; } = text;
    }
}
