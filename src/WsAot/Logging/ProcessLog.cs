using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The log lines about other processes: the service manager, and the process that takes over. See <see cref="Log"/>.</summary>
internal static class ProcessLog
{
    public static void RestartBegins(ILogger logger, string file) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            73,
            null,
            "SIGUSR2: starting {File} to take over the addresses. This process serves until the new one listens.",
            [file]);

    public static void HandedOver(ILogger logger, int processId) =>
        LogEntry.Write(
            logger, LogLevel.Information, 74, null, "Process {ProcessId} has taken over; this one closes its connections.", [processId]);

    public static void RestartFailed(ILogger logger, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            75,
            null,
            "SIGUSR2: the new process has not taken over, so this one continues: {Reason}.",
            [reason]);

    public static void RestartRefused(ILogger logger, string reason) =>
        LogEntry.Write(logger, LogLevel.Error, 76, null, "SIGUSR2: did not start another process: {Reason}", [reason]);

    public static void ManagerNotTold(ILogger logger, string path, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            77,
            null,
            "Cannot report to the service manager at {Path} (NOTIFY_SOCKET): {Reason}.",
            [path, reason]);

    public static void LoopLate(ILogger logger, int loop, int intervalMs) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            78,
            null,
            "Loop {Loop} has not answered for {IntervalMs} ms, so the service manager gets no sign of life. Check for a blocking handler.",
            [loop, intervalMs]);

    public static void AddressLeft(ILogger logger, string address) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            79,
            null,
            "The previous process listened on {Address}, which is no longer in --urls or --admin-urls: clients are refused there.",
            [address]);
}
