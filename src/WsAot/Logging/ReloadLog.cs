using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>What the log says of options that are read again. See <see cref="Log"/>.</summary>
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
            "The options were read again, from {Source}: none of those that can change has.",
            [source]);

    public static void NeedRestart(ILogger logger, IReadOnlyList<string> options) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            32,
            null,
            "Options that take a restart have changed, and are as before until then: {Options}.",
            [string.Join(", ", options)]);

    public static void Refused(ILogger logger, string reason) =>
        LogEntry.Write(
            logger, LogLevel.Error, 33, null, "SIGHUP: the options stay as they are, since what was read is wrong: {Reason}", [reason]);

    public static void Failed(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger, LogLevel.Error, 35, exception, "SIGHUP: the options stay as they are, since reading them again has failed.", []);

    public static void ListenerFailed(ILogger logger, Exception exception) =>
        LogEntry.Write(
            logger, LogLevel.Error, 34, exception, "What the application does when its configuration is read again has failed.", []);
}
