using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// Everything the server writes to its log. What peers cause goes through <see cref="PeerLog"/>, which limits it: a client must not be
/// able to fill a disk.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Url} ({Transport}, {Loops} loops).")]
    public static partial void Listening(ILogger logger, string url, string transport, int loops);

    [LoggerMessage(2, LogLevel.Information, "Stopping: closing {Count} connections with 1001.")]
    public static partial void Stopping(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Information, "Stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(17, LogLevel.Error, "The backplane failed for {Topic}. Other processes may not hear its messages, or this one theirs.")]
    public static partial void BackplaneFailed(ILogger logger, Exception exception, string topic);

    [LoggerMessage(16, LogLevel.Information, "Stopped without draining; dropping {Count} connections or handlers that have not ended.")]
    public static partial void DrainEnded(ILogger logger, int count);

    [LoggerMessage(4, LogLevel.Warning,
        "Drain timed out after {TimeoutMs} ms; dropping {Count} connections or handlers that have not ended (see --drain-timeout-ms).")]
    public static partial void DrainTimedOut(ILogger logger, int count, int timeoutMs);

    [LoggerMessage(5, LogLevel.Error, "{Handler} threw an exception; closing connection {ConnectionId} with 1011 if it is still open.")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string handler, long connectionId);

    [LoggerMessage(14, LogLevel.Debug, "{Handler} did not handle a client fault; closing connection {ConnectionId} with 1011.")]
    public static partial void HandlerFailedByPeer(ILogger logger, Exception exception, string handler, long connectionId);

    [LoggerMessage(6, LogLevel.Information, "Ended connection {ConnectionId} on {Path} from {RemoteEndPoint}: {Reason}{Hint}")]
    public static partial void Ended(ILogger logger, long connectionId, string path, string remoteEndPoint, string reason, string hint);

    [LoggerMessage(7, LogLevel.Information, "Refused {Request} from {RemoteEndPoint} with {StatusCode}: {Reason}{Hint}")]
    public static partial void Refused(
        ILogger logger, string request, string remoteEndPoint, int statusCode, string reason, string hint);

    [LoggerMessage(18, LogLevel.Information,
        "{Count} more lines about refused requests, ended connections and dropped messages were left out in the last second.")]
    public static partial void LinesOmitted(ILogger logger, int count);

    [LoggerMessage(19, LogLevel.Information,
        "Dropped a published message for connection {ConnectionId} on {Path} from {RemoteEndPoint}: its output limit is reached. "
        + "See --max-pending-output-bytes and --slow-consumer.")]
    public static partial void MessageDropped(ILogger logger, long connectionId, string path, string remoteEndPoint);

    [LoggerMessage(8, LogLevel.Error, "{Handler} failed to open a connection for {RemoteEndPoint}; answering the request with 500.")]
    public static partial void UpgradeFailed(ILogger logger, Exception exception, string handler, string remoteEndPoint);

    [LoggerMessage(15, LogLevel.Error,
        "A callback of OnUpgrade's cancellation token threw an exception when the request from {RemoteEndPoint} was cancelled.")]
    public static partial void DecisionFailed(ILogger logger, Exception exception, string remoteEndPoint);

    [LoggerMessage(9, LogLevel.Warning, "Cannot accept connections: {Reason}. Trying again every {RetryMs} ms.")]
    public static partial void AcceptFailed(ILogger logger, string reason, int retryMs);

    [LoggerMessage(13, LogLevel.Error, "A service threw an exception when it was disposed; fix its Dispose or DisposeAsync.")]
    public static partial void DisposeFailed(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "Ignored environment variable {Variable}: there is no such option (see --help).")]
    public static partial void UnknownVariable(ILogger logger, string variable);

    [LoggerMessage(11, LogLevel.Information, "Dropped a message to {Topic} on one loop: the delivery backlog is full. Publish more slowly.")]
    public static partial void DeliveryDropped(ILogger logger, string topic);

    [LoggerMessage(10, LogLevel.Critical, "Unhandled exception in an event loop. This is a bug in WsAot; please report it.")]
    public static partial void UnhandledException(ILogger logger, Exception exception);
}
