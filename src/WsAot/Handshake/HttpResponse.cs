using System.Globalization;
using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>Writes responses (RFC 9112 section 4). All but 101 close the connection.</summary>
internal static class HttpResponse
{
    private const int MaxStackBytes = 512;

    /// <summary>Writes the 101 response that opens a connection.</summary>
    public static void SwitchProtocols(
        TransportConnection transport,
        ReadOnlySpan<byte> key,
        string? subprotocol,
        string? extensions,
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        ReadOnlySpan<byte> extra = string.IsNullOrEmpty(extensions) && headers.Count == 0 ? default : ExtraLines(extensions, headers);
        int length = HandshakeResponse.GetMaxSwitchingProtocolsLength(subprotocol, extra.Length);
        Span<byte> response = length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[length];
        transport.Write(response[..HandshakeResponse.WriteSwitchingProtocols(response, key, subprotocol, extra)], default);
    }

    public static byte[] Ok(HttpPage page, bool isHead, DateTimeOffset now) =>
        Write(200, page.ContentType, page.Body, isHead, [new("Cache-Control", "no-cache")], now);

    /// <summary>The answer to OPTIONS (RFC 9110 section 9.3.7).</summary>
    public static byte[] Options(string allow, DateTimeOffset now) =>
        Write(200, "text/plain; charset=utf-8", [], isHead: false, [new("Allow", allow)], now);

    /// <summary>A refusal with its reason as one line of text.</summary>
    public static byte[] Text(
        int statusCode, string reason, bool isHead, ReadOnlySpan<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{statusCode} {Phrase(statusCode)}: {reason}\n");
        return Write(statusCode, "text/plain; charset=utf-8", body, isHead, headers, now);
    }

    private static byte[] ExtraLines(string? extensions, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var lines = new StringBuilder();
        if (!string.IsNullOrEmpty(extensions)) lines.Append("Sec-WebSocket-Extensions: ").Append(extensions).Append("\r\n");
        foreach ((string name, string value) in headers) lines.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.ASCII.GetBytes(lines.ToString());
    }

    private static byte[] Write(
        int statusCode,
        string contentType,
        byte[] body,
        bool isHead,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        DateTimeOffset now)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {statusCode} {Phrase(statusCode)}\r\n");
        // RFC 9110 section 6.6.1: a server with a clock sends the date. Section 7.8: Connection names Upgrade too.
        head.Append(CultureInfo.InvariantCulture, $"Date: {now:R}\r\n");
        head.Append(statusCode == 426 ? "Connection: Upgrade, close\r\n" : "Connection: close\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\nContent-Length: {body.Length}\r\n");
        head.Append("X-Content-Type-Options: nosniff\r\n");
        foreach ((string name, string value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append("\r\n");
        byte[] bytes = Encoding.ASCII.GetBytes(head.ToString());
        // RFC 9110 section 9.3.2: the answer to HEAD has no content, even if it is a refusal.
        return isHead ? bytes : [.. bytes, .. body];
    }

    private static string Phrase(int statusCode) => statusCode switch
    {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        414 => "URI Too Long",
        421 => "Misdirected Request",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        // RFC 9112 section 4: the phrase may be left out, but not the space before it.
        _ => "",
    };
}
