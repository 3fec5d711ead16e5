using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>Everything the server says to its log. What a peer does wrong is Debug: it must not be able to fill a disk.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Url} ({Transport}, {Loops} loops).")]
    public static partial void Listening(ILogger logger, string url, string transport, int loops);

    [LoggerMessage(2, LogLevel.Information, "Stopping. Connections that are being closed: {Count}.")]
    public static partial void Stopping(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Information, "Stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Stopped when the drain timeout of {TimeoutMs} ms was over. Connections or handlers that had not ended: {Count}.")]
    public static partial void DrainTimedOut(ILogger logger, int count, int timeoutMs);

    [LoggerMessage(5, LogLevel.Error, "{Handler} threw; connection {ConnectionId} is closed with 1011, if it is still open.")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string handler, long connectionId);

    [LoggerMessage(14, LogLevel.Debug, "{Handler} let go on what a client had done; connection {ConnectionId} is closed with 1011, if it is still open.")]
    public static partial void HandlerFailedByPeer(ILogger logger, Exception exception, string handler, long connectionId);

    [LoggerMessage(6, LogLevel.Debug, "Connection {ConnectionId} broke the protocol: {Code}, RFC 6455 section {Section}: {Text}")]
    public static partial void ProtocolError(ILogger logger, long connectionId, ushort code, string section, string text);

    [LoggerMessage(7, LogLevel.Debug, "A request from {RemoteEndPoint} was answered with {StatusCode}: {Reason}")]
    public static partial void Refused(ILogger logger, string remoteEndPoint, int statusCode, string reason);

    [LoggerMessage(8, LogLevel.Error, "{Handler} failed while {RemoteEndPoint} was connecting; the request is answered with 500.")]
    public static partial void UpgradeFailed(ILogger logger, Exception exception, string handler, string remoteEndPoint);

    [LoggerMessage(15, LogLevel.Error, "A callback threw when the upgrade of {RemoteEndPoint} was cancelled.")]
    public static partial void DecisionFailed(ILogger logger, Exception exception, string remoteEndPoint);

    [LoggerMessage(9, LogLevel.Warning, "Cannot accept ({Reason}); trying again every {RetryMs} ms.")]
    public static partial void AcceptFailed(ILogger logger, string reason, int retryMs);

    [LoggerMessage(13, LogLevel.Error, "A service could not be disposed.")]
    public static partial void DisposeFailed(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "{Variable} is set, but there is no such option.")]
    public static partial void UnknownVariable(ILogger logger, string variable);

    [LoggerMessage(11, LogLevel.Debug, "A message for {Topic} was dropped: too much that was published waits to be delivered.")]
    public static partial void DeliveryDropped(ILogger logger, string topic);

    [LoggerMessage(10, LogLevel.Critical, "An exception reached the event loop; this is a bug of the server.")]
    public static partial void UnhandledException(ILogger logger, Exception exception);
}
