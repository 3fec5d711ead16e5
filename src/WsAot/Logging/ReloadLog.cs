using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The log lines about reloaded options. See <see cref="Log"/>.</summary>
internal static class ReloadLog
{
    public static void Changed(ILogger logger, IReadOnlyList<string> options) =>
        LogEntry.Write(logger, LogLevel.Information, 30, null, "Options have changed: {Options}.", [string.Join(", ", options)]);

    public static void Unchanged(ILogger logger, string source) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            31,
            null,
            "Reloaded the options from {Source}: none that can change at run time has changed.",
            [source]);

    public static void NeedRestart(ILogger logger, IReadOnlyList<string> options) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            32,
            null,
            "Changed options that take effect after a restart: {Options}.",
            [string.Join(", ", options)]);

    public static void Refused(ILogger logger, string reason) =>
        LogEntry.Write(
            logger, LogLevel.Error, 33, null, "SIGHUP: kept the old options, because the new ones are invalid: {Reason}", [reason]);

    public static void Failed(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger, LogLevel.Error, 35, exception, "SIGHUP: kept the old options, because reading the new ones failed.", []);

    public static void ListenerFailed(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger, LogLevel.Error, 34, exception, "The application threw an exception when its configuration was reloaded.", []);
}
