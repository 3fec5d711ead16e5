using System.Net;
using System.Text;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot;

/// <summary>
/// A plain HTTP request for a path that <see cref="WsServerBuilder.MapGet(string, Func{WsHttpRequest, WsResponse}, WsHttpOptions)"/> or a
/// similar method has mapped. It is complete, including the body. Immutable, and safe on any thread.
/// </summary>
public sealed class WsHttpRequest : WsRequest
{
    internal WsHttpRequest(
        ReadOnlyMemory<byte> head,
        RequestPath path,
        PeerAddress remoteAddress,
        RequestTls? tls,
        ForwardedClient? forwarded,
        WsServer server,
        IServiceProvider services)
        : base(head, path, remoteAddress) => (Tls, Forwarded, Server, Services) = (tls, forwarded, server, services);

    /// <summary>
    /// The method, such as <c>GET</c>; <c>HEAD</c> if a client asks only for the headers of a path that GET is mapped to.
    /// </summary>
    public string Method => Encoding.ASCII.GetString(Head.Method);

    /// <inheritdoc/>
    public override string Scheme => IsSecure ? "https" : "http";

    /// <summary>The body; empty if there is none. You can keep the memory.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>The server: publish from here, for example.</summary>
    public WsServer Server { get; }

    /// <summary>
    /// The services of the server. If its <see cref="WsServices.Fallback"/> has scopes, these are the request's own, and end with it.
    /// </summary>
    public IServiceProvider Services { get; }

    internal override RequestTls? Tls { get; }

    internal override ForwardedClient? Forwarded { get; }

    /// <summary>The body as text. Bytes that are not UTF-8 become U+FFFD.</summary>
    public string ReadText() => Encoding.UTF8.GetString(Body.Span);

    /// <summary>
    /// The first value of a field of a form, decoded. The body must be <c>application/x-www-form-urlencoded</c>, which a web page's form
    /// sends unless it has files.
    /// </summary>
    /// <param name="name">The name of the field.</param>
    /// <returns>Null if there is none, or the body is not such a form.</returns>
    public string? GetFormValue(string name)
    {
        ReadOnlySpan<char> type = GetHeader("Content-Type") ?? "";
        int semicolon = type.IndexOf(';');
        if (semicolon >= 0) type = type[..semicolon];
        if (!type.Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return null;
        string form = ReadText();
        foreach (Range range in form.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = form.AsSpan()[range];
            int equals = pair.IndexOf('=');
            if (WebUtility.UrlDecode((equals < 0 ? pair : pair[..equals]).ToString()) != name) continue;
            return equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..].ToString());
        }

        return null;
    }
}
