using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The log lines of the admin listener. See <see cref="Log"/>.</summary>
internal static class AdminLog
{
    public static void Listening(ILogger logger, string urls) =>
        LogEntry.Write(logger, LogLevel.Information, 90, null, "The admin listener listens on {Urls}.", [urls]);

    public static void Closing(ILogger logger, long connectionId, int code, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            91,
            null,
            "The dashboard closes connection {ConnectionId} with {Code} ({Reason}).",
            [connectionId, code, reason]);
}
