using System.Globalization;
using System.Net;
using WsAot.Protocol.Handshake;

namespace WsAot.Handshake;

/// <summary>The rules for requests that follow from the options. Immutable: new options make new rules.</summary>
internal sealed class HandshakeRules
{
    /// <exception cref="ArgumentException">An origin, a host or a proxy in the options can match nothing; the message names it.</exception>
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

    /// <summary>The value of the Strict-Transport-Security header; null for none.</summary>
    public string? Hsts { get; }
}
