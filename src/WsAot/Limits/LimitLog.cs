using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.Limits;

/// <summary>The log lines about limits, except those about refused requests and ended connections.</summary>
internal static class LimitLog
{
    private const int Mebibyte = 1024 * 1024;

    public static void MemoryLevelChanged(ILogger logger, MemoryLevel level, long bytes, long limitBytes)
    {
        string what = level switch
        {
            MemoryLevel.Low => "accepting upgrades again",
            MemoryLevel.High => "refusing upgrades with 503",
            _ => "refusing upgrades with 503, and closing the connections that hold the most memory",
        };
        LogEntry.Write(
            logger,
            level == MemoryLevel.Low ? LogLevel.Information : LogLevel.Warning,
            80,
            null,
            "The process uses {ResidentMiB} MiB of {LimitMiB} MiB: {Action} (see --max-memory-bytes).",
            [bytes / Mebibyte, limitBytes / Mebibyte, what]);
    }

    public static void RateLimited(
        ILogger logger, long connectionId, string path, string remoteEndPoint, string reason, string option) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            81,
            null,
            "Paused reading from connection {ConnectionId} on {Path} from {RemoteEndPoint}: {Reason} (see {Option}).",
            [connectionId, path, remoteEndPoint, reason, option]);

    /// <param name="logger">A logger for which debug is enabled.</param>
    /// <param name="user">The user that the application named.</param>
    /// <param name="remoteEndPoint">The client's address.</param>
    public static void UserRefused(ILogger logger, string user, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            82,
            null,
            "The refused connection from {RemoteEndPoint} is of user {User}.",
            [remoteEndPoint, user]);
}
