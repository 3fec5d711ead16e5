using System.Net;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>The settings that decide how requests are answered. Shared by all loops of a server.</summary>
internal sealed class HandshakeContext
{
    /// <summary>
    /// How many connections over the limit may be open at once to be answered with 503. Further ones are reset, because each takes a
    /// descriptor.
    /// </summary>
    public const int MaxRefusals = 32;

    private readonly List<HttpPage> _pages;
    private HandshakeRules _rules;

    public HandshakeContext(ServerContext server, WsRouteTable routes, List<HttpPage> pages, IReadOnlyList<EndPoint> addresses)
    {
        (Server, Routes, _pages) = (server, routes, pages);
        _rules = new HandshakeRules(server.Options, addresses);
        foreach (string origin in Origins.Literals) Log.LiteralOrigin(server.Logger, origin);
    }

    public ServerContext Server { get; }

    /// <summary>
    /// The rules that follow from the options. A request that is being answered may have been checked against the previous rules.
    /// </summary>
    public HandshakeRules Rules => Volatile.Read(ref _rules);

    public WsRouteTable Routes { get; }

    public HandshakeLimits Limits => Rules.Limits;

    public OriginPolicy Origins => Rules.Origins;

    public HostPolicy Hosts => Rules.Hosts;

    public ForwardedPolicy Forwarded => Rules.Forwarded;

    /// <summary>Counts the connections beyond the limit. Their upgrades are answered with 503, pages and health checks as usual.</summary>
    public ConnectionLimit Refusals { get; } = new(MaxRefusals);

    /// <summary>Creates the plain HTTP of a loop; null if the application maps none.</summary>
    public Func<HandshakeContext, LoopState, LoopHandshakes, LoopHttp>? CreateHttp { get; init; }

    /// <summary>
    /// The port that requests without TLS are redirected to; 0 to serve them. Set once, before the first of them can arrive.
    /// </summary>
    public int RedirectPort { get; set; }

    /// <summary>
    /// The Strict-Transport-Security header for responses on a connection; null for none. RFC 6797 section 7.2: only with TLS.
    /// </summary>
    public string? HstsFor(TransportConnection transport, ForwardedClient? forwarded) =>
        forwarded?.IsSecure ?? transport.IsEncrypted ? Rules.Hsts : null;

    /// <summary>Whether the origin of a request is allowed.</summary>
    public bool IsOriginAllowed(RequestHead head, TransportConnection transport, ForwardedClient? forwarded)
    {
        // Without a trusted proxy, the request's own headers count, but they can only get it refused.
        bool isEncrypted = forwarded?.IsSecure ?? (transport.IsEncrypted || ForwardedProtocol.IsEncrypted(head));
        return Origins.IsAllowed(head, forwarded?.Host ?? head.Authority, isEncrypted);
    }

    /// <summary>
    /// The TLS details that a request keeps: all that the application can ask for, because the connection may be closed by then. Null
    /// without TLS.
    /// </summary>
    public RequestTls? TlsOf(TransportConnection transport)
    {
        if (!transport.IsEncrypted) return null;
        // If clients are not asked for certificates, there is none to look for.
        bool asksClients = Server.Options.TlsClientCertificate != TlsClientCertificateMode.None;
        return asksClients && transport.GetTlsDetails()?.ClientCertificate is { } certificate
            ? new RequestTls(certificate)
            : RequestTls.Anonymous;
    }

    /// <summary>Whether requests on a connection are redirected to TLS.</summary>
    public bool IsRedirected(TransportConnection transport, ForwardedClient? forwarded) =>
        RedirectPort != 0 && !(forwarded?.IsSecure ?? transport.IsEncrypted);

    /// <summary>Applies the rules of new options. Any thread.</summary>
    public void Apply(HandshakeRules rules) => Volatile.Write(ref _rules, rules);

    public HttpPage? FindPage(ReadOnlySpan<byte> path)
    {
        foreach (HttpPage page in _pages)
        {
            if (path.SequenceEqual(page.Path)) return page;
        }

        return null;
    }
}
