using System.Text;
using Microsoft.Extensions.Logging;
using WsAot.Protocol.Handshake;

namespace WsAot.Logging;

/// <summary>
/// All log lines of the server. Lines that peers cause go through <see cref="PeerLog"/>, which limits them: a client must not be able to
/// fill a disk.
/// </summary>
internal static class Log
{
    public static void Listening(ILogger logger, string url, string transport, int loops) =>
        LogEntry.Write(logger, LogLevel.Information, 1, null, "Listening on {Url} ({Transport}, {Loops} loops).", [url, transport, loops]);

    public static void Stopping(ILogger logger, int count, int code) =>
        LogEntry.Write(logger, LogLevel.Information, 2, null, "Stopping: closing {Count} connections with {Code}.", [count, code]);

    public static void Stopped(ILogger logger) =>
        LogEntry.Write(logger, LogLevel.Information, 3, null, "Stopped.");

    public static void StoppingHookFailed(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger, LogLevel.Error, 23, exception, "A hook of the application threw an exception while the server was stopping.");

    public static void StoppingHookTimedOut(ILogger logger) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            24,
            null,
            "A stopping hook of the application did not end in time; continuing without it (see --drain-timeout-ms).");

    public static void WorkFailed(ILogger logger, Exception exception, string name) =>
        LogEntry.Write(logger, LogLevel.Critical, 25, exception, "Background work {Name} failed; stopping the server.", [name]);

    public static void WorkRestarts(ILogger logger, Exception exception, string name, int delayMs) =>
        LogEntry.Write(
            logger, LogLevel.Error, 26, exception, "Background work {Name} failed; starting it again in {DelayMs} ms.", [name, delayMs]);

    public static void WorkLeft(ILogger logger, string name) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            27,
            null,
            "Background work {Name} did not end in time; continuing without it (see --drain-timeout-ms).",
            [name]);

    public static void BackplaneFailed(ILogger logger, Exception exception, string topic) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            17,
            exception,
            "The backplane failed for topic {Topic}: messages between this server and others may be lost.",
            [NameOf(topic)]);

    public static void DrainEnded(ILogger logger, int count) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            16,
            null,
            "Stopped without draining; dropping {Count} connections or handlers that have not ended.",
            [count]);

    public static void DrainTimedOut(ILogger logger, int count, int timeoutMs) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            4,
            null,
            "Drain timed out after {TimeoutMs} ms; dropping {Count} connections or handlers that have not ended (see --drain-timeout-ms).",
            [timeoutMs, count]);

    public static void HandlerFailed(ILogger logger, Exception exception, string handler, long connectionId) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            5,
            exception,
            "{Handler} threw an exception; closing connection {ConnectionId} with 1011 if it is still open.",
            [handler, connectionId]);

    public static void HandlerFailedByPeer(ILogger logger, Exception exception, string handler, long connectionId) =>
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            14,
            exception,
            "{Handler} did not handle a client fault; closing connection {ConnectionId} with 1011.",
            [handler, connectionId]);

    /// <param name="logger">A logger for which debug is enabled.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The event, by its attribute.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The sentence that the client gets. It may contain text from the client.</param>
    public static void EventRefused(ILogger logger, string handler, string name, long connectionId, ushort code, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            43,
            null,
            "A filter refused {Event} of {Handler} on connection {ConnectionId}, which is closed with {Code}: {Reason}.",
            [name, handler, connectionId, code, Printable.From(Encoding.UTF8.GetBytes(reason))]);

    /// <param name="logger">The logger.</param>
    /// <param name="level">Information, without a limit on the lines, if the operator asked for them; otherwise Debug.</param>
    /// <param name="connection">The values for the placeholders, in order.</param>
    public static void Opened(ILogger logger, LogLevel level, ReadOnlySpan<object?> connection) =>
        LogEntry.Write(
            logger,
            level,
            40,
            null,
            "Opened connection {ConnectionId} on {Path} from {RemoteEndPoint}: {Route} of {Handler}, subprotocol '{Subprotocol}'.",
            connection);

    /// <inheritdoc cref="Opened"/>
    public static void Closed(ILogger logger, LogLevel level, ReadOnlySpan<object?> connection) =>
        LogEntry.Write(
            logger,
            level,
            41,
            null,
            "Closed connection {ConnectionId} on {Path} from {RemoteEndPoint}: {Route} of {Handler}, subprotocol '{Subprotocol}'. "
            + "{Code} '{Reason}', {Cause}, clean: {WasClean}, after {DurationMs} ms; received {MessagesReceived} messages "
            + "({BytesReceived} bytes), sent {MessagesSent} ({BytesSent} bytes).",
            connection);

    public static void Ended(ILogger logger, long connectionId, string path, string remoteEndPoint, string reason, string hint) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            6,
            null,
            "Ended connection {ConnectionId} on {Path} from {RemoteEndPoint}: {Reason}{Hint}",
            [connectionId, path, remoteEndPoint, reason, hint]);

    public static void Refused(ILogger logger, string request, string remoteEndPoint, int statusCode, string reason, string hint) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            7,
            null,
            "Refused {Request} from {RemoteEndPoint} with {StatusCode}: {Reason}{Hint}",
            [request, remoteEndPoint, statusCode, reason, hint]);

    public static void LinesOmitted(ILogger logger, int count) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            18,
            null,
            "{Count} more lines about refused requests, ended connections and dropped messages were left out in the last second.",
            [count]);

    public static void MessageDropped(ILogger logger, long connectionId, string path, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            19,
            null,
            "Dropped a published message for connection {ConnectionId} on {Path} from {RemoteEndPoint}: its output limit is reached. "
            + "See --max-pending-output-bytes and --slow-consumer.",
            [connectionId, path, remoteEndPoint]);

    public static void UpgradeFailed(ILogger logger, Exception exception, string handler, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            8,
            exception,
            "{Handler} failed to open a connection for {RemoteEndPoint}; answering the request with 500.",
            [handler, remoteEndPoint]);

    public static void DecisionFailed(ILogger logger, Exception exception, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            15,
            exception,
            "A callback of OnUpgrade's cancellation token threw an exception when the request from {RemoteEndPoint} was cancelled.",
            [remoteEndPoint]);

    public static void AnswerFailed(ILogger logger, Exception exception, string request, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            40,
            exception,
            "Answering {Request} from {RemoteEndPoint} failed; the request gets 500 if it is still open.",
            [request, remoteEndPoint]);

    public static void AnswerNotCancelled(ILogger logger, Exception exception, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            41,
            exception,
            "A callback of an answer's cancellation token threw an exception when the request from {RemoteEndPoint} was cancelled.",
            [remoteEndPoint]);

    public static void AcceptFailed(ILogger logger, string reason, int retryMs) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            9,
            null,
            "Cannot accept connections: {Reason}. Trying again every {RetryMs} ms.",
            [reason, retryMs]);

    public static void DisposeFailed(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            13,
            exception,
            "A service threw an exception when it was disposed; fix its Dispose or DisposeAsync.");

    public static void LiteralOrigin(ILogger logger, string origin) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            22,
            null,
            "The allowed origin {Origin} is compared literally, but no browser sends it: an origin is a scheme and a host, without a path.",
            [origin]);

    public static void UnknownVariable(ILogger logger, string variable) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            12,
            null,
            "Ignored environment variable {Variable}: there is no such option (see --help).",
            [variable]);

    public static void DefaultAddressInContainer(ILogger logger, string variable) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            28,
            null,
            "Listening on 127.0.0.1 (the default) in a container: clients outside cannot connect. Set {Variable}=ws://*:8080.",
            [variable]);

    public static void DeliveryDropped(ILogger logger, string topic) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            11,
            null,
            "Dropped a message to {Topic} on one loop: the delivery backlog is full. Publish more slowly.",
            [NameOf(topic)]);

    public static void HistoryIsFull(ILogger logger, int forgotten) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            36,
            null,
            "The memory for kept messages is full: dropped the messages of {Forgotten} topics without subscribers. See MaxHistoryBytes.",
            [forgotten]);

    public static void UnhandledException(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger,
            LogLevel.Critical,
            10,
            exception,
            "Unhandled exception in an event loop. This is a bug in WsAot; please report it.");

    /// <summary>A topic's name can come from a peer: in the path or in a message.</summary>
    private static string NameOf(string topic) => Printable.From(Encoding.UTF8.GetBytes(topic));
}
