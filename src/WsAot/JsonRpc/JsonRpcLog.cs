using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Protocol.Handshake;

namespace WsAot.JsonRpc;

/// <summary>
/// JSON-RPC's entries in the server's log. Mistakes of clients are answered or logged at Debug, so that a client cannot fill a disk.
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

    /// <summary>A call was refused before its method ran.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="method">The method that the client calls; empty if unknown.</param>
    /// <param name="code">The error.</param>
    /// <param name="reason">The sentence that the client gets, as JSON; empty if the code says everything.</param>
    public static void CallRefused(
        ILogger logger, long connectionId, ReadOnlySpan<byte> method, int code, ReadOnlySpan<byte> reason)
    {
        // A client can cause many of these, so build nothing for a line that is not logged.
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        string text = reason.IsEmpty ? JsonRpcErrors.Explain(code) : Printable.From(reason.Trim((byte)'"'));
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            42,
            null,
            "Refused a JSON-RPC call of '{Method}' on connection {ConnectionId} with {Code}: {Reason}.",
            [Printable.From(method), connectionId, code, text]);
    }
}
