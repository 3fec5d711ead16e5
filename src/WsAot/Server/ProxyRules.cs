using WsAot.Handshake;

namespace WsAot.Server;

/// <summary>The options about proxies in front, and what one of them needs of others.</summary>
internal static class ProxyRules
{
    /// <summary>A sentence about the first value that is none of its option's; null if there is none.</summary>
    public static string? FindError(WsServerOptions options)
    {
        string headers = options.ForwardedHeaders;
        bool isKnown = headers.Equals(ForwardedPolicy.XForwarded, StringComparison.OrdinalIgnoreCase)
            || headers.Equals(ForwardedPolicy.Forwarded, StringComparison.OrdinalIgnoreCase);
        return isKnown
            ? null
            : "ForwardedHeaders (--forwarded-headers) must be "
                + $"{ForwardedPolicy.XForwarded} or {ForwardedPolicy.Forwarded}, not '{headers}'.";
    }

    /// <summary>A sentence about the first option that needs another one or cannot be read; null if there is none.</summary>
    public static string? FindError(WsServerOptions options, IReadOnlyList<ListenAddress> addresses)
    {
        try
        {
            UnixSocketRules.ParseMode(options.UnixSocketMode);
            UnixSocketRules.ParseOwner(options.UnixSocketOwner);
            if (!new TrustedProxies(options.TrustedProxies).IsEmpty) return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }

        foreach (ListenAddress address in addresses)
        {
            if (!SpeaksProxyProtocol(options, address)) continue;
            return $"The PROXY protocol at '{address}' needs TrustedProxies (--trusted-proxies): "
                + "nobody else is believed, and nobody is named there.";
        }

        return null;
    }

    /// <summary>Whether connections to an address begin with a header of the PROXY protocol.</summary>
    public static bool SpeaksProxyProtocol(WsServerOptions options, ListenAddress address) =>
        options.ProxyProtocol || address.HasProxyProtocol;
}
