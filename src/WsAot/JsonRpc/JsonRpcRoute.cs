using System.ComponentModel;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>A route whose text messages are JSON-RPC 2.0. The generator derives one from it for each handler with <see cref="JsonRpcMethodAttribute"/> methods.</summary>
/// <param name="options">What <see cref="WsRouteAttribute"/> says.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JsonRpcRoute(WsRouteOptions options) : WsRoute(options)
{
    /// <summary>Takes a message apart. Calls that go on leave no message waiting.</summary>
    public sealed override ValueTask OnText(object handler, WsConnection connection, WsPayload payload)
    {
        ((JsonRpcPeer)handler).Receive(this, payload.Span);
        return default;
    }

    /// <summary>Finds the method, reads its parameters, calls it and returns what it returns.</summary>
    /// <returns>False: there is no such method.</returns>
    protected abstract bool Invoke(JsonRpcPeer peer, ref JsonRpcRequest request);

    internal bool Call(JsonRpcPeer peer, ref JsonRpcRequest request) => Invoke(peer, ref request);
}
