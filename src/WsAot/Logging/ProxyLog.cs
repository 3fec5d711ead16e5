using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The log lines about proxies. See <see cref="Log"/>.</summary>
internal static class ProxyLog
{
    public static void ProxyProtocolExpected(ILogger logger, string url, string proxies) =>
        LogEntry.Write(
            logger,
            LogLevel.Information,
            60,
            null,
            "Connections to {Url} must come from {TrustedProxies} and begin with a PROXY protocol header.",
            [url, proxies]);
}
