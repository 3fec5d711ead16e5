using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>What the log says of other processes: the service manager, and the one that takes over. See <see cref="Log"/>.</summary>
internal static class ProcessLog
{
    public static void RestartBegins(ILogger logger, string file) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            73,
            null,
            "SIGUSR2: starting {File} to take over the addresses. Until it listens, this process goes on.",
            [file]);

    public static void HandedOver(ILogger logger, int processId) =>
        LogEntry.Write(
            logger, LogLevel.Information, 74, null, "Process {ProcessId} listens now; this one closes its connections.", [processId]);

    public static void RestartFailed(ILogger logger, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            75,
            null,
            "SIGUSR2: no other process has taken over, so this one goes on: {Reason}.",
            [reason]);

    public static void RestartRefused(ILogger logger, string reason) =>
        LogEntry.Write(logger, LogLevel.Error, 76, null, "SIGUSR2: no other process is started: {Reason}", [reason]);

    public static void ManagerNotTold(ILogger logger, string path, string reason) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            77,
            null,
            "The service manager cannot be told how the server is, at {Path} (NOTIFY_SOCKET): {Reason}.",
            [path, reason]);

    public static void LoopLate(ILogger logger, int loop, int intervalMs) =>
        LogEntry.Write(
            logger,
            LogLevel.Error,
            78,
            null,
            "Loop {Loop} has not answered for {IntervalMs} ms, so the service manager gets no sign of life. Does a handler block?",
            [loop, intervalMs]);

    public static void AddressLeft(ILogger logger, string address) =>
        LogEntry.Write(
            logger,
            LogLevel.Warning,
            79,
            null,
            "The process before this one listened on {Address}, which --urls and --admin-urls have no more: clients are refused there.",
            [address]);
}
