using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>The client has not answered in time.</summary>
internal sealed class JsonRpcTimeoutException(int timeoutMs) : TimeoutException(
    $"The client has not answered within {timeoutMs} ms."), IPeerFault
{
    bool IPeerFault.IsPeerFault => true;
}
