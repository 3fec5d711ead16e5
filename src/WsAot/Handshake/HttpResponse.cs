using System.Globalization;
using System.Text;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// Writes responses (RFC 9112 section 4). They close the connection, except 101 and responses that use only <see cref="Head"/>.
/// </summary>
internal static class HttpResponse
{
    private const int MaxStackBytes = 512;
    private const string HstsName = "Strict-Transport-Security";

    /// <summary>Writes the 101 response that opens a connection.</summary>
    public static void SwitchProtocols(
        TransportConnection transport,
        ReadOnlySpan<byte> key,
        string? subprotocol,
        string? extensions,
        string? hsts,
        IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        bool hasExtra = !string.IsNullOrEmpty(extensions) || hsts is not null || headers.Count > 0;
        ReadOnlySpan<byte> extra = hasExtra ? ExtraLines(extensions, hsts, headers) : default;
        int length = HandshakeResponse.GetMaxSwitchingProtocolsLength(subprotocol, extra.Length);
        Span<byte> response = length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[length];
        transport.Write(response[..HandshakeResponse.WriteSwitchingProtocols(response, key, subprotocol, extra)], default);
    }

    public static byte[] Ok(HttpPage page, bool isHead, string? hsts, DateTimeOffset now) =>
        Write(200, page.ContentType, page.Body, isHead, hsts, [new("Cache-Control", "no-cache")], now);

    /// <summary>The answer to OPTIONS (RFC 9110 section 9.3.7).</summary>
    public static byte[] Options(string allow, string? hsts, DateTimeOffset now) =>
        Write(200, "text/plain; charset=utf-8", [], isHead: false, hsts, [new("Allow", allow)], now);

    /// <summary>A refusal. Its body is the reason, as one line of text.</summary>
    public static byte[] Text(
        int statusCode,
        string reason,
        bool isHead,
        string? hsts,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        DateTimeOffset now)
    {
        return Write(statusCode, "text/plain; charset=utf-8", ReasonBody(statusCode, reason), isHead, hsts, headers, now);
    }

    /// <summary>The body of a refusal: the reason, as one line of text.</summary>
    public static byte[] ReasonBody(int statusCode, string reason) =>
        Encoding.UTF8.GetBytes($"{statusCode} {Phrase(statusCode)}: {reason}\n");

    /// <summary>The status line and the headers.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="contentType">The media type; null if there is no body.</param>
    /// <param name="contentLength">The length of the body; -1 if the status has none (RFC 9110 section 8.6).</param>
    /// <param name="connection">The Connection header; null to keep the connection open.</param>
    /// <param name="hsts">The Strict-Transport-Security header; null for none.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="now">The date.</param>
    public static byte[] Head(
        int statusCode,
        string? contentType,
        long contentLength,
        string? connection,
        string? hsts,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        DateTimeOffset now)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {statusCode} {Phrase(statusCode)}\r\n");
        // RFC 9110 section 6.6.1: a server with a clock sends the date.
        head.Append("Date: ").Append(TimeText.Http(now)).Append("\r\n");
        if (connection is not null) head.Append("Connection: ").Append(connection).Append("\r\n");
        if (contentType is not null) head.Append("Content-Type: ").Append(contentType).Append("\r\n");
        if (contentLength >= 0) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {contentLength}\r\n");
        head.Append("X-Content-Type-Options: nosniff\r\n");
        if (hsts is not null) head.Append(HstsName).Append(": ").Append(hsts).Append("\r\n");
        foreach ((string name, string value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append("\r\n");
        return Encoding.ASCII.GetBytes(head.ToString());
    }

    private static byte[] ExtraLines(string? extensions, string? hsts, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var lines = new StringBuilder();
        if (!string.IsNullOrEmpty(extensions)) lines.Append("Sec-WebSocket-Extensions: ").Append(extensions).Append("\r\n");
        if (hsts is not null) lines.Append(HstsName).Append(": ").Append(hsts).Append("\r\n");
        foreach ((string name, string value) in headers) lines.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.ASCII.GetBytes(lines.ToString());
    }

    private static byte[] Write(
        int statusCode,
        string contentType,
        byte[] body,
        bool isHead,
        string? hsts,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        DateTimeOffset now)
    {
        // RFC 9110 section 7.8: Connection names Upgrade too.
        string connection = statusCode == 426 ? "Upgrade, close" : "close";
        byte[] bytes = Head(statusCode, contentType, body.Length, connection, hsts, headers, now);
        // RFC 9110 section 9.3.2: the answer to HEAD has no content, even if it is a refusal.
        return isHead ? bytes : [.. bytes, .. body];
    }

    private static string Phrase(int statusCode) => statusCode switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        // RFC 9112 section 4: the phrase may be left out, but not the space before it.
        _ => "",
    };
}
