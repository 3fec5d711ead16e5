using System.ComponentModel;
using System.Net;
using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// A request: its path, query and headers. For handlers it is the upgrade request; <see cref="WsHttpRequest"/> adds what a plain request
/// has. Immutable, and safe on any thread.
/// </summary>
public class WsRequest
{
    private readonly RequestPath _path;
    private ReadOnlyMemory<byte> _head;
    private PeerAddress _remoteAddress;

    internal WsRequest(ReadOnlyMemory<byte> head, RequestPath path, PeerAddress remoteAddress) =>
        (_head, _path, _remoteAddress) = (head, path, remoteAddress);

    /// <summary>Reuses the object for another request, whose path is parsed already. Nobody may have kept the object.</summary>
    internal void Reset(ReadOnlyMemory<byte> head, PeerAddress remoteAddress) => (_head, _remoteAddress) = (head, remoteAddress);

    /// <summary>The path, percent-decoded. An encoded slash looks like a plain one here, but routes tell them apart.</summary>
    public string Path => "/" + RouteRest(0);

    /// <summary>The part after <c>?</c>, not decoded; empty if there is none.</summary>
    public string Query => Encoding.UTF8.GetString(Head.Query);

    /// <summary>
    /// The client's address. Behind a proxy, this is what the proxy says if it is one of <see cref="WsServerOptions.TrustedProxies"/>, else
    /// the proxy's own address. The port is 0 if the proxy does not say it. 0.0.0.0 with port 0: the client is at a Unix socket, which
    /// gives no address.
    /// </summary>
    public IPEndPoint RemoteEndPoint => _remoteAddress.ToIPEndPoint();

    /// <summary>
    /// The address at the other end of the connection, whatever headers say: that of the proxy next to this server, or of the client if
    /// there is none. With the PROXY protocol, it is the address that its header names. 0.0.0.0 with port 0: a Unix socket.
    /// </summary>
    public IPEndPoint OriginalRemoteEndPoint => (Forwarded?.Proxy ?? _remoteAddress).ToIPEndPoint();

    /// <summary>
    /// Whether the client has used TLS: that of this server, or of a proxy in front. A proxy's word counts if it is one of
    /// <see cref="WsServerOptions.TrustedProxies"/>.
    /// </summary>
    public bool IsSecure => Forwarded?.IsSecure ?? Tls is not null;

    /// <summary>
    /// The host that the client has asked for, with its port if it has named one: from the Host header, or what a proxy that is one of
    /// <see cref="WsServerOptions.TrustedProxies"/> says. Empty if there is none, which HTTP/1.0 allows.
    /// </summary>
    public string Host => Encoding.ASCII.GetString(Forwarded?.Host ?? Head.Authority);

    /// <summary>The scheme of the request: <c>wss</c> with TLS, else <c>ws</c>; for plain HTTP <c>https</c> or <c>http</c>.</summary>
    public virtual string Scheme => IsSecure ? "wss" : "ws";

    /// <summary>
    /// The certificate that the client has shown, verified against <see cref="WsServerOptions.TlsClientCaFile"/>; null if it has shown
    /// none, or is not asked for one (<see cref="WsServerOptions.TlsClientCertificate"/>). It says who the client is; whether they may come
    /// in is for you to decide.
    /// </summary>
    public TlsClientCertificate? ClientCertificate => Tls?.ClientCertificate;

    /// <summary>
    /// All header fields in the order in which they came, with their names as the client wrote them. Decoded at each call; for one header,
    /// <see cref="GetHeader"/> is cheaper.
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

    /// <summary>What is known of TLS; null without it.</summary>
    internal virtual RequestTls? Tls => null;

    /// <summary>What trusted proxies say; null if nothing.</summary>
    internal virtual ForwardedClient? Forwarded => null;

    internal RequestHead Head => new(_head.Span);

    internal RequestPath ParsedPath => _path;

    internal WsPath RoutePath => _path.AsWsPath();

    /// <summary>
    /// The value of a header; null if there is none. Several lines with the same name are one list, joined by commas in their order
    /// (RFC 9110 section 5.3). Behind proxies, each of which adds itself to <c>X-Forwarded-For</c>, only the last entries are those of your
    /// own proxies; a client can send any before them.
    /// </summary>
    /// <param name="name">The name, in any case.</param>
    public string? GetHeader(string name)
    {
        string? all = null;
        foreach (HeaderField header in Head)
        {
            if (!Ascii.EqualsIgnoreCase(header.Name, name)) continue;
            string value = Encoding.UTF8.GetString(header.Value);
            // An empty element of a list is none (section 5.6.1).
            if (value.Length == 0 && all is not null) continue;
            // RFC 6265 section 5.4 allows one Cookie line. Several hold the pairs of one, which semicolons separate.
            all = string.IsNullOrEmpty(all) ? value : all + (Ascii.EqualsIgnoreCase(name, "Cookie") ? "; " : ", ") + value;
        }

        return all;
    }

    /// <summary>
    /// The value of the first cookie with this name (RFC 6265 section 4.2), as it came: neither percent-decoded nor unquoted. Null if there
    /// is none.
    /// </summary>
    /// <param name="name">The name, in the case in which the cookie was set.</param>
    public string? GetCookie(string name) => Cookies.Find(Head, name);

    /// <summary>The first value of a key in the query, decoded like a form (<c>+</c> is a space).</summary>
    /// <param name="key">The key, compared with its case.</param>
    /// <returns>Null if there is none; empty for a key without a value.</returns>
    public string? GetQueryValue(string key)
    {
        QueryValues values = QueryValues(key);
        return values.MoveNext() ? values.Current : null;
    }

    /// <summary>All values of a key in the query in their order, each decoded like a form.</summary>
    /// <param name="key">The key, compared with its case.</param>
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

    /// <summary>All values of a key in the query, in their order.</summary>
    internal QueryValues QueryValues(string key) => new(Query, key);
}
