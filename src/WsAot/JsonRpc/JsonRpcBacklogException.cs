using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>A request cannot be sent because the client does not read earlier output.</summary>
internal sealed class JsonRpcBacklogException()
    : InvalidOperationException("The request was not sent: the output limit of this client is reached."), IPeerFault
{
    bool IPeerFault.IsPeerFault => true;
}
