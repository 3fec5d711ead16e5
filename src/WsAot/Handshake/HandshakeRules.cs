using System.Globalization;
using System.Net;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>What the options say of requests. Immutable: other options make other rules.</summary>
internal sealed class HandshakeRules
{
    /// <exception cref="ArgumentException">An origin, a host or a proxy in the options can match nothing; it says which.</exception>
    public HandshakeRules(WsServerOptions options, IReadOnlyList<EndPoint> addresses)
    {
        Limits = new HandshakeLimits(options.MaxHeadBytes, options.MaxHeaderCount);
        Origins = new OriginPolicy(options.AllowedOrigins);
        Hosts = new HostPolicy(options.AllowedHosts, addresses);
        Forwarded = new ForwardedPolicy(options);
        int hstsSeconds = options.HstsMaxAgeSeconds;
        if (hstsSeconds > 0) Hsts = string.Create(CultureInfo.InvariantCulture, $"max-age={hstsSeconds}");
    }

    public HandshakeLimits Limits { get; }

    public OriginPolicy Origins { get; }

    public HostPolicy Hosts { get; }

    public ForwardedPolicy Forwarded { get; }

    /// <summary>The value of the Strict-Transport-Security header; null: none.</summary>
    public string? Hsts { get; }
}
