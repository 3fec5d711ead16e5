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

    /// <summary>Asks the handler whether its client may subscribe to a topic that a template of <see cref="WsRoute.Topics"/> matches.</summary>
    /// <param name="peer">The connection, with the handler.</param>
    /// <param name="subscription">The topic and the values in its name.</param>
    /// <param name="mayHear">The handler's answer; true if it has no method for that.</param>
    /// <returns>False if a value has not the type that the template says: there is no such topic.</returns>
    protected virtual bool TrySubscribe(JsonRpcPeer peer, in JsonRpcSubscription subscription, out ValueTask<bool> mayHear)
    {
        mayHear = new ValueTask<bool>(true);
        return true;
    }

    internal bool Call(JsonRpcPeer peer, ref JsonRpcRequest request) => Invoke(peer, ref request);
}
