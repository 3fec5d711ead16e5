using System.ComponentModel;
using System.Net;
using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// A request: its path, query and headers. For handlers it is the upgrade request; <see cref="WsHttpRequest"/> adds the method and the body
/// of a plain request. Immutable, and safe on any thread.
/// </summary>
public class WsRequest
{
    private readonly RequestPath _path;
    private ReadOnlyMemory<byte> _head;
    private PeerAddress _remoteAddress;

    internal WsRequest(ReadOnlyMemory<byte> head, RequestPath path, PeerAddress remoteAddress) =>
        (_head, _path, _remoteAddress) = (head, path, remoteAddress);

    /// <summary>Reuses the object for another request, whose path is parsed already. Nothing may have kept the object.</summary>
    internal void Reset(ReadOnlyMemory<byte> head, PeerAddress remoteAddress) => (_head, _remoteAddress) = (head, remoteAddress);

    /// <summary>The path, percent-decoded. An encoded slash looks like a plain one here, but routes tell them apart.</summary>
    public string Path => "/" + RouteRest(0);

    /// <summary>The part after <c>?</c>, not decoded; empty if there is none.</summary>
    public string Query => Encoding.UTF8.GetString(Head.Query);

    /// <summary>
    /// The client's address. Behind a proxy of <see cref="WsServerOptions.TrustedProxies"/>, it is the address that the proxy names, with
    /// port 0 if the proxy does not name a port; behind any other proxy, the proxy's own address. 0.0.0.0 with port 0: the client uses a
    /// Unix socket, which has no address.
    /// </summary>
    public IPEndPoint RemoteEndPoint => _remoteAddress.ToIPEndPoint();

    /// <summary>
    /// The address at the other end of the connection, whatever the headers say: that of the nearest proxy, or of the client if there is no
    /// proxy. With the PROXY protocol, it is the address that the protocol's header names. 0.0.0.0 with port 0: a Unix socket.
    /// </summary>
    public IPEndPoint OriginalRemoteEndPoint => (Forwarded?.Proxy ?? _remoteAddress).ToIPEndPoint();

    /// <summary>
    /// Whether the client used TLS, to this server or to a proxy of <see cref="WsServerOptions.TrustedProxies"/> that says so.
    /// </summary>
    public bool IsSecure => Forwarded?.IsSecure ?? Tls is not null;

    /// <summary>
    /// The host that the client asked for, with the port if the client named one: from a proxy of <see
    /// cref="WsServerOptions.TrustedProxies"/>, or else from the Host header. Empty if there is none, which HTTP/1.0 allows.
    /// </summary>
    public string Host => Encoding.ASCII.GetString(Forwarded?.Host ?? Head.Authority);

    /// <summary>The scheme of the request: <c>wss</c> with TLS, else <c>ws</c>; for plain HTTP <c>https</c> or <c>http</c>.</summary>
    public virtual string Scheme => IsSecure ? "wss" : "ws";

    /// <summary>
    /// The client's certificate, verified against <see cref="WsServerOptions.TlsClientCaFile"/>; null if the client sent none, or was not
    /// asked for one (<see cref="WsServerOptions.TlsClientCertificate"/>). It identifies the client; you decide whether they may connect.
    /// </summary>
    public TlsClientCertificate? ClientCertificate => Tls?.ClientCertificate;

    /// <summary>
    /// All header fields in the order of the request, with the names as the client wrote them. They are decoded at each call; for a single
    /// header, <see cref="GetHeader"/> is cheaper.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers
    {
        get
        {
            var headers = new List<KeyValuePair<string, string>>();
            foreach (HeaderField header in Head)
            {
                headers.Add(new(Encoding.UTF8.GetString(header.Name), Encoding.UTF8.GetString(header.Value)));
            }

            return headers;
        }
    }

    /// <summary>
    /// The token of an <c>Authorization: Bearer</c> header (RFC 6750 section 2.1); null if there is none. Browsers cannot send this header
    /// with a WebSocket: let web pages authenticate with a cookie, a query value or their first message.
    /// </summary>
    public string? BearerToken =>
        GetHeader("Authorization") is { } credentials && credentials.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && credentials.AsSpan("Bearer ".Length).Trim(' ') is { IsEmpty: false } token && !token.Contains(' ')
            ? token.ToString()
            : null;

    /// <summary>The <see cref="WsUpgrade{T}"/> whose value the handler's constructor gets; null after the handler is created.</summary>
    internal object? UpgradeWithValue { get; set; }

    /// <summary>The TLS information; null without TLS.</summary>
    internal virtual RequestTls? Tls => null;

    /// <summary>The information from trusted proxies; null if there is none.</summary>
    internal virtual ForwardedClient? Forwarded => null;

    internal RequestHead Head => new(_head.Span);

    internal RequestPath ParsedPath => _path;

    internal WsPath RoutePath => _path.AsWsPath();

    /// <summary>
    /// The value of a header; null if there is none. Several lines with the same name are joined by commas, in order (RFC 9110 section
    /// 5.3). Each proxy appends to <c>X-Forwarded-For</c>, so only the last entries come from your own proxies; a client can forge the
    /// entries before them.
    /// </summary>
    /// <param name="name">The name, in any case.</param>
    public string? GetHeader(string name)
    {
        string? all = null;
        foreach (HeaderField header in Head)
        {
            if (!Ascii.EqualsIgnoreCase(header.Name, name)) continue;
            string value = Encoding.UTF8.GetString(header.Value);
            // Empty elements of a list do not count (section 5.6.1).
            if (value.Length == 0 && all is not null) continue;
            // RFC 6265 section 5.4 allows one Cookie line. Several are treated as one, whose pairs semicolons separate.
            all = string.IsNullOrEmpty(all) ? value : all + (Ascii.EqualsIgnoreCase(name, "Cookie") ? "; " : ", ") + value;
        }

        return all;
    }

    /// <summary>
    /// The value of the first cookie with this name (RFC 6265 section 4.2), as it was sent: neither percent-decoded nor unquoted. Null if
    /// there is none.
    /// </summary>
    /// <param name="name">The name; case-sensitive.</param>
    public string? GetCookie(string name) => Cookies.Find(Head, name);

    /// <summary>The first value of a key in the query, decoded like a form (<c>+</c> is a space).</summary>
    /// <param name="key">The key; case-sensitive.</param>
    /// <returns>Null if there is none; empty for a key without a value.</returns>
    public string? GetQueryValue(string key)
    {
        QueryValues values = QueryValues(key);
        return values.MoveNext() ? values.Current : null;
    }

    /// <summary>All values of a key in the query, in order, each decoded like a form.</summary>
    /// <param name="key">The key; case-sensitive.</param>
    /// <returns>Empty if there is none.</returns>
    public IReadOnlyList<string> GetQueryValues(string key) => WsQuery.GetAll(this, key);

    /// <summary>The decoded UTF-8 of a segment of the path; for generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ReadOnlySpan<byte> RouteSegment(int index) => RoutePath[index];

    /// <summary>The decoded segments of the path from an index on, joined by slashes; for generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public string RouteRest(int index)
    {
        WsPath path = RoutePath;
        if (index >= path.Count) return "";
        var rest = new StringBuilder(Encoding.UTF8.GetString(path[index]));
        for (int i = index + 1; i < path.Count; i++) rest.Append('/').Append(Encoding.UTF8.GetString(path[i]));
        return rest.ToString();
    }

    /// <summary>All values of a key in the query, in order.</summary>
    internal QueryValues QueryValues(string key) => new(Query, key);
}
