using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The lines about the admin listener.</summary>
internal static class AdminLog
{
    public static void Listening(ILogger logger, string urls) =>
        LogEntry.Write(logger, LogLevel.Information, 90, null, "The admin listener is at {Urls}", [urls]);
}
