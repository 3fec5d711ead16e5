using WsAot.Handshake;

namespace WsAot.Server;

/// <summary>Checks the options about proxies, and the options that they need.</summary>
internal static class ProxyRules
{
    /// <summary>The error in a value; null if there is none.</summary>
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

    /// <summary>Adds values that are invalid, and options that need another one.</summary>
    public static void Check(WsServerOptions options, IReadOnlyList<ListenAddress> addresses, OptionErrors errors)
    {
        errors.Read(options.UnixSocketMode, static mode => (object)UnixSocketRules.ParseMode(mode));
        errors.Read(options.UnixSocketOwner, static owner => (object)UnixSocketRules.ParseOwner(owner));
        if (errors.ReadList(options.TrustedProxies, static proxies => new TrustedProxies(proxies)) is not { IsEmpty: true }) return;
        foreach (ListenAddress address in addresses)
        {
            if (!SpeaksProxyProtocol(options, address)) continue;
            errors.Add($"The PROXY protocol at '{address}' needs TrustedProxies (--trusted-proxies): "
                + "the server believes only the proxies in that list, which is empty.");
            return;
        }
    }

    /// <summary>Whether connections to an address begin with a PROXY protocol header.</summary>
    public static bool SpeaksProxyProtocol(WsServerOptions options, ListenAddress address) =>
        options.ProxyProtocol || address.HasProxyProtocol;
}
