using Microsoft.Extensions.Logging;

namespace WsAot.JsonRpc;

/// <summary>What JSON-RPC says to the server's log. What a peer does wrong is answered, or is Debug: it must not be able to fill a disk.</summary>
internal static partial class JsonRpcLog
{
    [LoggerMessage(20, LogLevel.Error, "A JSON-RPC method of {Handler} threw; the call on connection {ConnectionId} is answered with -32603.")]
    public static partial void CallFailed(ILogger logger, Exception exception, string handler, long connectionId);

    [LoggerMessage(21, LogLevel.Debug, "A JSON-RPC method of {Handler} let go on what a client had done; the call on connection {ConnectionId} is answered with -32603.")]
    public static partial void CallFailedByPeer(ILogger logger, Exception exception, string handler, long connectionId);
}
