using Microsoft.Extensions.Logging;

namespace WsAot.JsonRpc;

/// <summary>
/// What JSON-RPC writes to the server's log. What a client does wrong is answered or logged at Debug: a client must not be able to fill a
/// disk.
/// </summary>
internal static partial class JsonRpcLog
{
    [LoggerMessage(20, LogLevel.Error,
        "A JSON-RPC method of {Handler} threw an exception; answering the call on connection {ConnectionId} with -32603.")]
    public static partial void CallFailed(ILogger logger, Exception exception, string handler, long connectionId);

    [LoggerMessage(21, LogLevel.Debug,
        "A JSON-RPC method of {Handler} did not handle a client fault; answering the call on connection {ConnectionId} with -32603.")]
    public static partial void CallFailedByPeer(ILogger logger, Exception exception, string handler, long connectionId);
}
