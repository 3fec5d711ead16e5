using System.Net;
using WsAot.Handshake;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Messages;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>The ranges of <see cref="WsServerOptions"/>.</summary>
internal static class OptionRules
{
    private const int MaxMs = 86_400_000;

    // Small enough that the sum with the largest message fits into an int.
    private const int MaxPendingBytes = 512 * 1024 * 1024;

    // An idle server takes a third of this.
    private const long LeastMemoryBytes = 32 * 1024 * 1024;

    /// <summary>Checks each value by itself.</summary>
    public static void Check(WsServerOptions options, OptionErrors errors)
    {
        if (options.Transport is not (TransportKind.Auto or TransportKind.Epoll or TransportKind.Sockets))
        {
            errors.Add($"Transport must be auto, epoll or sockets, not {options.Transport}.");
        }

        if (options.SlowConsumer is not (SlowConsumerPolicy.Drop or SlowConsumerPolicy.Close))
        {
            errors.Add($"SlowConsumer must be drop or close, not {options.SlowConsumer}.");
        }

        TlsRules.Check(options, errors);
        errors.Add(ProxyRules.FindError(options));
        errors.AddIfOutOfRange("Loops", options.Loops, 0, 1024);
        errors.AddIfOutOfRange("MaxConnections", options.MaxConnections, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxHeadBytes", options.MaxHeadBytes, 256, 1024 * 1024);
        errors.AddIfOutOfRange("MaxPathBytes", options.MaxPathBytes, 1, 1024 * 1024);
        errors.AddIfOutOfRange("MaxHeaderCount", options.MaxHeaderCount, 1, 10_000);
        errors.AddIfOutOfRange("HstsMaxAgeSeconds", options.HstsMaxAgeSeconds, 0, int.MaxValue);
        errors.AddIfOutOfRange("HandshakeTimeoutMs", options.HandshakeTimeoutMs, 1, MaxMs);
        errors.AddIfOutOfRange("KeepAliveTimeoutMs", options.KeepAliveTimeoutMs, 1, MaxMs);
        errors.AddIfOutOfRange("MaxMessageBytes", options.MaxMessageBytes, 1, ReceiveLimits.LargestMaxMessageBytes);
        errors.AddIfOutOfRange("MaxFragments", options.MaxFragments, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxPendingInputBytes", options.MaxPendingInputBytes, 1, MaxPendingBytes);
        errors.AddIfOutOfRange("MaxPendingOutputBytes", options.MaxPendingOutputBytes, 1, MaxPendingBytes);
        CheckLimits(options, errors);
        errors.AddIfOutOfRange("CompressionLevel", options.CompressionLevel, 1, 9);
        errors.AddIfOutOfRange("CompressionThresholdBytes", options.CompressionThresholdBytes, 0, int.MaxValue);
        errors.AddIfOutOfRange("PingIntervalMs", options.PingIntervalMs, 0, MaxMs);
        errors.AddIfOutOfRange("PongTimeoutMs", options.PongTimeoutMs, 1, MaxMs);
        errors.AddIfOutOfRange("IdleTimeoutMs", options.IdleTimeoutMs, 0, MaxMs);
        errors.AddIfOutOfRange("CloseTimeoutMs", options.CloseTimeoutMs, 1, MaxMs);
        errors.AddIfOutOfRange("DrainDelayMs", options.DrainDelayMs, -1, MaxMs);
        errors.AddIfOutOfRange("DrainBatch", options.DrainBatch, 1, 1_000_000);
        errors.AddIfOutOfRange("DrainIntervalMs", options.DrainIntervalMs, 0, MaxMs);
        errors.AddIfOutOfRange("DrainTimeoutMs", options.DrainTimeoutMs, 0, MaxMs);
        if (options.DrainCloseCode is CloseCode.GoingAway or CloseCode.ServiceRestart) return;
        errors.Add($"DrainCloseCode must be 1001 or 1012, not {options.DrainCloseCode}.");
    }

    /// <summary>
    /// Adds every error for which a server would refuse to start: values out of range, invalid addresses or origins, and options that need
    /// another one.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="errors">Collects the errors.</param>
    /// <param name="isReal">False for a transport in memory, whose clients' certificates do not depend on the addresses.</param>
    public static void CheckAll(WsServerOptions options, OptionErrors errors, bool isReal = true)
    {
        Check(options, errors);
        errors.ReadList(options.AllowedOrigins, static origins => new OriginPolicy(origins));
        IReadOnlyList<ListenAddress>? addresses = errors.ReadList(options.Urls, static urls => ListenAddress.ParseAll(urls));
        // The addresses decide what an empty list means, not which entries are valid.
        EndPoint[] endPoints = addresses is null ? [] : ListenAddress.EndPointsOf(addresses);
        errors.ReadList(options.AllowedHosts, hosts => new HostPolicy(hosts, endPoints));
        ProxyRules.Check(options, addresses ?? [], errors);
        TlsRules.Check(options, addresses, errors);
        if (isReal && addresses is not null) errors.Add(TlsRules.FindUnasked(options, addresses));
    }

    private static void CheckLimits(WsServerOptions options, OptionErrors errors)
    {
        errors.AddIfOutOfRange("MaxMessagesPerSecond", options.MaxMessagesPerSecond, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxMessageBurst", options.MaxMessageBurst, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxBytesPerSecond", options.MaxBytesPerSecond, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxByteBurst", options.MaxByteBurst, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxConnectionLifetimeMs", options.MaxConnectionLifetimeMs, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxConnectionsPerAddress", options.MaxConnectionsPerAddress, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxUpgradesPerSecondPerAddress", options.MaxUpgradesPerSecondPerAddress, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxUpgradeBurstPerAddress", options.MaxUpgradeBurstPerAddress, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxUpgradesPerSecond", options.MaxUpgradesPerSecond, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxUpgradeBurst", options.MaxUpgradeBurst, 0, int.MaxValue);
        errors.AddIfOutOfRange("MaxConnectionsPerUser", options.MaxConnectionsPerUser, 0, int.MaxValue);
        if (options.RateLimitPolicy is not (RateLimitPolicy.Pause or RateLimitPolicy.Close))
        {
            errors.Add($"RateLimitPolicy must be pause or close, not {options.RateLimitPolicy}.");
        }

        if (options.UserLimitPolicy is not (UserLimitPolicy.Refuse or UserLimitPolicy.Replace))
        {
            errors.Add($"UserLimitPolicy must be refuse or replace, not {options.UserLimitPolicy}.");
        }

        if (options.MaxMemoryBytes is -1 or 0 or >= LeastMemoryBytes) return;
        errors.Add($"MaxMemoryBytes must be -1, 0, or at least {LeastMemoryBytes}, not {options.MaxMemoryBytes}.");
    }
}
