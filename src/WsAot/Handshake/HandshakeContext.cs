using System.Net;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>What decides how requests are answered. Shared by all loops of a server.</summary>
internal sealed class HandshakeContext
{
    /// <summary>
    /// How many connections over the limit may be open at once to be answered with 503. Further ones are reset, since they take descriptors
    /// too.
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

    /// <summary>What the options say of requests. A request that is being answered may have asked the former ones before.</summary>
    public HandshakeRules Rules => Volatile.Read(ref _rules);

    public WsRouteTable Routes { get; }

    public HandshakeLimits Limits => Rules.Limits;

    public OriginPolicy Origins => Rules.Origins;

    public HostPolicy Hosts => Rules.Hosts;

    public ForwardedPolicy Forwarded => Rules.Forwarded;

    /// <summary>
    /// Counts the connections beyond the limit: an upgrade is answered with 503 there, a page and a health check as usual.
    /// </summary>
    public ConnectionLimit Refusals { get; } = new(MaxRefusals);

    /// <summary>Creates the plain HTTP of a loop, if the application maps some.</summary>
    public Func<HandshakeContext, LoopState, LoopHandshakes, LoopHttp>? CreateHttp { get; init; }

    /// <summary>
    /// The port that requests without TLS are redirected to; 0: they are served. Set once, before the first of them can come.
    /// </summary>
    public int RedirectPort { get; set; }

    /// <summary>
    /// The value of the Strict-Transport-Security header for responses of a connection; null: none. RFC 6797 section 7.2: with TLS only.
    /// </summary>
    public string? HstsFor(TransportConnection transport, ForwardedClient? forwarded) =>
        forwarded?.IsSecure ?? transport.IsEncrypted ? Rules.Hsts : null;

    /// <summary>Whether the origin of a request may connect.</summary>
    public bool IsOriginAllowed(RequestHead head, TransportConnection transport, ForwardedClient? forwarded)
    {
        // Where no trusted proxy says it, anybody's word counts, but only against the request.
        bool isEncrypted = forwarded?.IsSecure ?? (transport.IsEncrypted || ForwardedProtocol.IsEncrypted(head));
        return Origins.IsAllowed(head, forwarded?.Host ?? head.Authority, isEncrypted);
    }

    /// <summary>
    /// What a request keeps of the TLS of its connection: all that it can be asked for, since the connection may be closed by then. Null
    /// without TLS.
    /// </summary>
    public RequestTls? TlsOf(TransportConnection transport)
    {
        if (!transport.IsEncrypted) return null;
        // Where clients are not asked for certificates, nobody need look for one.
        bool asksClients = Server.Options.TlsClientCertificate != TlsClientCertificateMode.None;
        return asksClients && transport.GetTlsDetails()?.ClientCertificate is { } certificate
            ? new RequestTls(certificate)
            : RequestTls.Anonymous;
    }

    /// <summary>Whether requests of a connection are answered with a redirection.</summary>
    public bool IsRedirected(TransportConnection transport, ForwardedClient? forwarded) =>
        RedirectPort != 0 && !(forwarded?.IsSecure ?? transport.IsEncrypted);

    /// <summary>Takes the rules of other options. Any thread.</summary>
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
