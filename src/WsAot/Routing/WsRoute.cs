using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>
/// Dispatches the events of one route's connections to the handler. The generator derives a class from it for each handler class, and the
/// server has one object of each. The handler is passed as <see cref="object"/>, so a message costs one virtual call and one direct call.
/// The methods are called on the connection's loop.
/// </summary>
/// <param name="options">The options in the handler's <see cref="WsRouteAttribute"/>.</param>
public abstract class WsRoute(WsRouteOptions options)
{
    /// <summary>The options of the route.</summary>
    public WsRouteOptions Options { get; } = options;

    /// <summary>Which events the handler takes.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract WsHandlerEvents Events { get; }

    /// <summary>The services that the handler requires. The server checks for them when it starts.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual IReadOnlyList<WsServiceRequirement> RequiredServices => [];

    /// <summary>The topics that its clients can subscribe to.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual IReadOnlyList<WsTopicDeclaration> Topics => [];

    /// <summary>The format of messages and presence for its clients; null to send messages as they are published.</summary>
    internal virtual ITopicFormat? TopicFormat => null;

    /// <summary>Whether the path's values parse as their typed parameters; if not, the request is answered with 404.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool Accepts(WsRequest request) => true;

    /// <summary>Finds errors in the query values that the handler takes. If there is one, the request is answered with 400.</summary>
    /// <returns>Null if all values can be passed; otherwise a sentence for the client.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual string? FindQueryError(WsRequest request) => null;

    /// <summary>Accepts or rejects the request, before the handler is created.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask<WsUpgrade> OnUpgrade(WsRequest request, IServiceProvider services, CancellationToken cancellationToken) =>
        new(WsUpgrade.Accept());

    /// <summary>Creates the handler of a connection.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract object Create(WsConnection connection, WsRequest request);

    /// <summary>The opening handshake is complete.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnOpen(object handler, WsConnection connection) => default;

    /// <summary>A text message has arrived. <paramref name="payload"/> is valid during the call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnText(object handler, WsConnection connection, in WsPayload payload) => default;

    /// <summary>A binary message has arrived. <paramref name="payload"/> is valid during the call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnBinary(object handler, WsConnection connection, in WsPayload payload) => default;

    /// <summary>A pong has arrived. <paramref name="payload"/> is valid during the call.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnPong(object handler, WsConnection connection, in WsPayload payload) => default;

    /// <summary>There is room again for output.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnDrained(object handler, WsConnection connection) => default;

    /// <summary>The connection has ended.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask OnClose(object handler, WsConnection connection, WsClose close) => default;

    /// <summary>Disposes the handler, after everything else.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual ValueTask Dispose(object handler) => default;
}
