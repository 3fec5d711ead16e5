using WsAot.Handshake;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Messages;

namespace WsAot.Server;

/// <summary>The ranges of <see cref="WsServerOptions"/>.</summary>
internal static class OptionRules
{
    private const int MaxMs = 86_400_000;

    // Small enough that the sum with the largest message fits an int.
    private const int MaxPendingBytes = 512 * 1024 * 1024;

    // An empty server holds a third of that.
    private const long LeastMemoryBytes = 32 * 1024 * 1024;

    /// <summary>A sentence about the first value that is out of range; null if there is none.</summary>
    public static string? FindError(WsServerOptions options) =>
        (Enum.IsDefined(options.Transport) ? null : $"Transport must be auto, epoll or sockets, not {options.Transport}.")
        ?? (options.SlowConsumer is SlowConsumerPolicy.Drop or SlowConsumerPolicy.Close
            ? null
            : $"SlowConsumer must be drop or close, not {options.SlowConsumer}.")
        ?? TlsRules.FindError(options)
        ?? ProxyRules.FindError(options)
        ?? OutOfRange("Loops", options.Loops, 0, 1024)
        ?? OutOfRange("MaxConnections", options.MaxConnections, 0, int.MaxValue)
        ?? OutOfRange("MaxHeadBytes", options.MaxHeadBytes, 256, 1024 * 1024)
        ?? OutOfRange("MaxPathBytes", options.MaxPathBytes, 1, 1024 * 1024)
        ?? OutOfRange("MaxHeaderCount", options.MaxHeaderCount, 1, 10_000)
        ?? OutOfRange("HstsMaxAgeSeconds", options.HstsMaxAgeSeconds, 0, int.MaxValue)
        ?? OutOfRange("HandshakeTimeoutMs", options.HandshakeTimeoutMs, 1, MaxMs)
        ?? OutOfRange("KeepAliveTimeoutMs", options.KeepAliveTimeoutMs, 1, MaxMs)
        ?? OutOfRange("MaxMessageBytes", options.MaxMessageBytes, 1, ReceiveLimits.LargestMaxMessageBytes)
        ?? OutOfRange("MaxFragments", options.MaxFragments, 0, int.MaxValue)
        ?? OutOfRange("MaxPendingInputBytes", options.MaxPendingInputBytes, 1, MaxPendingBytes)
        ?? OutOfRange("MaxPendingOutputBytes", options.MaxPendingOutputBytes, 1, MaxPendingBytes)
        ?? FindErrorInLimits(options)
        ?? OutOfRange("CompressionLevel", options.CompressionLevel, 1, 9)
        ?? OutOfRange("CompressionThresholdBytes", options.CompressionThresholdBytes, 0, int.MaxValue)
        ?? OutOfRange("PingIntervalMs", options.PingIntervalMs, 0, MaxMs)
        ?? OutOfRange("PongTimeoutMs", options.PongTimeoutMs, 1, MaxMs)
        ?? OutOfRange("IdleTimeoutMs", options.IdleTimeoutMs, 0, MaxMs)
        ?? OutOfRange("CloseTimeoutMs", options.CloseTimeoutMs, 1, MaxMs)
        ?? OutOfRange("DrainDelayMs", options.DrainDelayMs, -1, MaxMs)
        ?? OutOfRange("DrainBatch", options.DrainBatch, 1, 1_000_000)
        ?? OutOfRange("DrainIntervalMs", options.DrainIntervalMs, 0, MaxMs)
        ?? (options.DrainCloseCode is CloseCode.GoingAway or CloseCode.ServiceRestart
            ? null
            : $"DrainCloseCode must be 1001 or 1012, not {options.DrainCloseCode}.")
        ?? OutOfRange("DrainTimeoutMs", options.DrainTimeoutMs, 0, MaxMs);

    /// <summary>
    /// A sentence about the first value that <see cref="WsServerBuilder.Build"/> would refuse: one that is out of range, an address or an
    /// origin that cannot be read, or an option that needs another one; null if there is none.
    /// </summary>
    public static string? FindErrorInAll(WsServerOptions options)
    {
        if (FindError(options) is { } error) return error;
        try
        {
            IReadOnlyList<ListenAddress> addresses = ListenAddress.ParseAll(options.Urls);
            _ = new HostPolicy(options.AllowedHosts, ListenAddress.EndPointsOf(addresses));
            _ = new OriginPolicy(options.AllowedOrigins);
            return ProxyRules.FindError(options, addresses)
                ?? TlsRules.FindError(options, addresses)
                ?? TlsRules.FindUnasked(options, addresses);
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private static string? FindErrorInLimits(WsServerOptions options) =>
        OutOfRange("MaxMessagesPerSecond", options.MaxMessagesPerSecond, 0, int.MaxValue)
        ?? OutOfRange("MaxMessageBurst", options.MaxMessageBurst, 0, int.MaxValue)
        ?? OutOfRange("MaxBytesPerSecond", options.MaxBytesPerSecond, 0, int.MaxValue)
        ?? OutOfRange("MaxByteBurst", options.MaxByteBurst, 0, int.MaxValue)
        ?? OutOfRange("MaxConnectionLifetimeMs", options.MaxConnectionLifetimeMs, 0, int.MaxValue)
        ?? OutOfRange("MaxConnectionsPerAddress", options.MaxConnectionsPerAddress, 0, int.MaxValue)
        ?? OutOfRange("MaxUpgradesPerSecondPerAddress", options.MaxUpgradesPerSecondPerAddress, 0, int.MaxValue)
        ?? OutOfRange("MaxUpgradeBurstPerAddress", options.MaxUpgradeBurstPerAddress, 0, int.MaxValue)
        ?? OutOfRange("MaxUpgradesPerSecond", options.MaxUpgradesPerSecond, 0, int.MaxValue)
        ?? OutOfRange("MaxUpgradeBurst", options.MaxUpgradeBurst, 0, int.MaxValue)
        ?? OutOfRange("MaxConnectionsPerUser", options.MaxConnectionsPerUser, 0, int.MaxValue)
        ?? (options.RateLimitPolicy is RateLimitPolicy.Pause or RateLimitPolicy.Close
            ? null
            : $"RateLimitPolicy must be pause or close, not {options.RateLimitPolicy}.")
        ?? (options.UserLimitPolicy is UserLimitPolicy.Refuse or UserLimitPolicy.Replace
            ? null
            : $"UserLimitPolicy must be refuse or replace, not {options.UserLimitPolicy}.")
        ?? (options.MaxMemoryBytes is -1 or 0 or >= LeastMemoryBytes
            ? null
            : $"MaxMemoryBytes must be -1, 0, or at least {LeastMemoryBytes}, not {options.MaxMemoryBytes}.");

    private static string? OutOfRange(string name, int value, int min, int max) =>
        value >= min && value <= max ? null : $"{name} must be {min} to {max}, not {value}.";
}
