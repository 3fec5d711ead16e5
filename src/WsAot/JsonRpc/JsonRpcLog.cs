using Microsoft.Extensions.Logging;

namespace WsAot.JsonRpc;

/// <summary>What JSON-RPC says to the server's log. What a peer does wrong is answered, not logged.</summary>
internal static partial class JsonRpcLog
{
    [LoggerMessage(20, LogLevel.Error, "A JSON-RPC method of {Handler} threw; the call on connection {ConnectionId} is answered with -32603.")]
    public static partial void CallFailed(ILogger logger, Exception exception, string handler, long connectionId);
}
