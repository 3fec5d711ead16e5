using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>
/// What the server calls for the connections of one route. The generator derives one class from it for each handler class, and the
/// server has a single object of each: the handler travels as <see cref="object"/>, so that a message costs one virtual call and
/// then a direct one. Called on the connection's loop.
/// </summary>
/// <param name="options">What <see cref="WsRouteAttribute"/> says.</param>
public abstract class WsRoute(WsRouteOptions options)
{
    /// <summary>The options of the route.</summary>
    public WsRouteOptions Options { get; } = options;

    /// <summary>Which events the handler takes.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract WsHandlerEvents Events { get; }

    /// <summary>Whether the values that the path has for typed parameters parse; if not, the answer is 404.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool Accepts(WsRequest request) => true;

    /// <summary>Accepts or rejects the request, before a handler exists.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask<WsUpgrade> OnUpgrade(WsRequest request, IServiceProvider services, CancellationToken cancellationToken) =>
        new(WsUpgrade.Accept());

    /// <summary>Makes the handler of a connection.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract object Create(WsConnection connection, WsRequest request);

    /// <summary>The opening handshake is done.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnOpen(object handler, WsConnection connection) => default;

    /// <summary>A text message came. <paramref name="payload"/> is valid during the call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnText(object handler, WsConnection connection, WsPayload payload) => default;

    /// <summary>A binary message came. <paramref name="payload"/> is valid during the call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnBinary(object handler, WsConnection connection, WsPayload payload) => default;

    /// <summary>A pong came. <paramref name="payload"/> is valid during the call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnPong(object handler, WsConnection connection, WsPayload payload) => default;

    /// <summary>The connection has ended.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnClose(object handler, WsConnection connection, WsClose close) => default;
}
