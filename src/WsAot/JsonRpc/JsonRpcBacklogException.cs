using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>A client cannot be asked, since it does not read what it was sent before.</summary>
internal sealed class JsonRpcBacklogException() : InvalidOperationException("As much output waits for this client as may."), IPeerFault
{
    bool IPeerFault.IsPeerFault => true;
}
