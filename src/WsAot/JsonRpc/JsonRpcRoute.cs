using System.ComponentModel;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>
/// A route whose text messages are JSON-RPC 2.0. For each handler with <see cref="JsonRpcMethodAttribute"/> methods, the generator derives
/// a class from it.
/// </summary>
/// <param name="options">The options in the handler's <see cref="WsRouteAttribute"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JsonRpcRoute(WsRouteOptions options) : WsRoute(options)
{
    /// <summary>Handles a message. Later messages do not wait for calls that are still running.</summary>
    public sealed override ValueTask OnText(object handler, WsConnection connection, in WsPayload payload) =>
        ((JsonRpcPeer)handler).Receive(this, payload);

    /// <summary>Finds the method, reads its parameters, calls it, and answers with what it returns.</summary>
    /// <returns>False if there is no such method.</returns>
    protected abstract bool Invoke(JsonRpcPeer peer, ref JsonRpcRequest request);

    internal bool Call(JsonRpcPeer peer, ref JsonRpcRequest request) => Invoke(peer, ref request);
}
