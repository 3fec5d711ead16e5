using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>What the log says while a server closes its connections. See <see cref="Log"/>.</summary>
internal static class DrainLog
{
    public static void Delayed(ILogger logger, int delayMs) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            70,
            null,
            "Told to stop: not ready any more, but going on for {DelayMs} ms until new clients go elsewhere (see --drain-delay-ms).",
            [delayMs]);

    public static void Progress(ILogger logger, int left, int count, int elapsedMs) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            71,
            null,
            "Draining for {ElapsedMs} ms: {Left} of {Count} connections are left.",
            [elapsedMs, left, count]);

    public static void Ended(ILogger logger, int count, int elapsedMs, int cutOff, int dropped) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            72,
            null,
            "Drained {Count} connections in {ElapsedMs} ms: {Closed} have closed, of which {CutOff} had calls that did not end in time; "
            + "{Dropped} are dropped.",
            [count, elapsedMs, Math.Max(0, count - dropped), cutOff, dropped]);
}
