using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.Limits;

/// <summary>What the log says of limits, beside the lines about refused requests and ended connections.</summary>
internal static class LimitLog
{
    private const int Mebibyte = 1024 * 1024;

    public static void MemoryLevelChanged(ILogger logger, MemoryLevel level, long bytes, long limitBytes)
    {
        string what = level switch
        {
            MemoryLevel.Low => "accepting upgrades again",
            MemoryLevel.High => "refusing upgrades with 503",
            _ => "refusing upgrades with 503, and closing the connections that hold most",
        };
        LogEntry.Write(
            logger,
            level == MemoryLevel.Low ? LogLevel.Information : LogLevel.Warning,
            80,
            null,
            "The process holds {ResidentMiB} MiB of the {LimitMiB} that it may: {Action} (see --max-memory-bytes).",
            [bytes / Mebibyte, limitBytes / Mebibyte, what]);
    }

    public static void RateLimited(
        ILogger logger, long connectionId, string path, string remoteEndPoint, string reason, string option) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            81,
            null,
            "Reading from connection {ConnectionId} on {Path} from {RemoteEndPoint} waits: {Reason} (see {Option}).",
            [connectionId, path, remoteEndPoint, reason, option]);

    /// <param name="logger">A logger for which debug is enabled.</param>
    /// <param name="user">As the application has said.</param>
    /// <param name="remoteEndPoint">Where the request came from.</param>
    public static void UserRefused(ILogger logger, string user, string remoteEndPoint) =>
        LogEntry.Write(
            logger,
            LogLevel.Debug,
            82,
            null,
            "The user whose connection from {RemoteEndPoint} was refused is {User}.",
            [remoteEndPoint, user]);
}
