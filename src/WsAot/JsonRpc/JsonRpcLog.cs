using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.JsonRpc;

/// <summary>
/// What JSON-RPC writes to the server's log. What a client does wrong is answered or logged at Debug: a client must not be able to fill a
/// disk.
/// </summary>
internal static class JsonRpcLog
{
    public static void CallFailed(ILogger logger, Exception exception, string handler, long connectionId) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            20,
            exception,
            "A JSON-RPC method of {Handler} threw an exception; answering the call on connection {ConnectionId} with -32603.",
            [handler, connectionId]);

    public static void CallFailedByPeer(ILogger logger, Exception exception, string handler, long connectionId) =>
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            21,
            exception,
            "A JSON-RPC method of {Handler} did not handle a client fault; answering the call on connection {ConnectionId} with -32603.",
            [handler, connectionId]);
}
