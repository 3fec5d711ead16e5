using System.ComponentModel;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>What a connection has of JSON-RPC. It stands where the handler stands; the user's handler is inside.</summary>
/// <param name="connection">The connection.</param>
/// <param name="options">The options of its route.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonRpcPeer(WsConnection connection, WsRouteOptions options)
{
    private readonly WsRouteOptions _options = options;

    /// <summary>The user's handler.</summary>
    public object Handler { get; set; } = null!;

    /// <summary>The connection.</summary>
    public WsConnection Connection { get; } = connection;

    /// <summary>What proxies speak to.</summary>
    public JsonRpcTarget Client => throw new NotImplementedException(_options.Template);

    internal void Receive(JsonRpcRoute route, ReadOnlySpan<byte> utf8) => throw new NotImplementedException(route.ToString() + utf8.Length);
}
