using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot;

/// <summary>
/// The answer to a plain HTTP request. The server adds Content-Length, Date and <c>X-Content-Type-Options: nosniff</c>, and
/// <c>Cache-Control: no-cache</c> if you set no Cache-Control. Immutable, and safe on any thread: you can return the same response again.
/// </summary>
public sealed class WsResponse
{
    private WsResponse(
        int statusCode, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>>? headers = null)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        Body = body;
        Headers = headers ?? [];
    }

    /// <summary>The HTTP status: 200 to 599.</summary>
    public int StatusCode { get; }

    /// <summary>The media type of the body; null if there is none.</summary>
    public string? ContentType { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Plain text, sent as UTF-8.</summary>
    /// <param name="text">The text; a lone surrogate becomes U+FFFD.</param>
    /// <param name="statusCode">The status: 200 to 599, but neither 204 nor 304.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Text(string text, int statusCode = 200) =>
        Bytes(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", statusCode);

    /// <summary>
    /// A web page, sent as UTF-8. Encode text that comes from users: <see cref="System.Net.WebUtility.HtmlEncode(string)"/>.
    /// </summary>
    /// <param name="html">The page.</param>
    /// <param name="statusCode">The status: 200 to 599, but neither 204 nor 304.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Html(string html, int statusCode = 200) =>
        Bytes(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", statusCode);

    /// <summary>JSON as text, such as <see cref="JsonSerializer"/> returns with a source-generated context.</summary>
    /// <param name="json">The JSON; it is not checked.</param>
    /// <param name="statusCode">The status: 200 to 599, but neither 204 nor 304.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Json(string json, int statusCode = 200) => Json(Encoding.UTF8.GetBytes(json), statusCode);

    /// <summary>JSON as UTF-8.</summary>
    /// <param name="utf8">The JSON; it is not checked. Do not change it afterwards.</param>
    /// <param name="statusCode">The status: 200 to 599, but neither 204 nor 304.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Json(ReadOnlyMemory<byte> utf8, int statusCode = 200) => Bytes(utf8, "application/json", statusCode);

    /// <summary>A value as JSON.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value, which is converted at once.</param>
    /// <param name="type">The type's metadata: a property of your JsonSerializerContext.</param>
    /// <param name="statusCode">The status: 200 to 599, but neither 204 nor 304.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Json<T>(T value, JsonTypeInfo<T> type, int statusCode = 200) =>
        Json(JsonSerializer.SerializeToUtf8Bytes(value, type), statusCode);

    /// <summary>Any content.</summary>
    /// <param name="body">The content. Do not change it afterwards.</param>
    /// <param name="contentType">The media type, such as <c>image/png</c>.</param>
    /// <param name="statusCode">The status: 200 to 599, but neither 204 nor 304.</param>
    /// <exception cref="ArgumentException">The media type cannot be sent in HTTP.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Bytes(ReadOnlyMemory<byte> body, string contentType, int statusCode = 200)
    {
        if (contentType.Length == 0 || contentType.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"'{contentType}' is not a media type such as text/html.", nameof(contentType));
        }

        if (statusCode is < 200 or > 599 or 204 or 304)
        {
            throw new ArgumentOutOfRangeException(
                nameof(statusCode), statusCode, "The status of a response with a body must be 200 to 599, but neither 204 nor 304.");
        }

        return new WsResponse(statusCode, contentType, body);
    }

    /// <summary>
    /// Redirects the client to another address. Do not take the address from the request unchecked: a link to your server could then lead
    /// anywhere.
    /// </summary>
    /// <param name="location">The address, percent-encoded: relative, or absolute.</param>
    /// <param name="statusCode">301, 302, 303, 307 or 308. 303 makes a browser read the address after a POST.</param>
    /// <exception cref="ArgumentException">The address cannot be sent in HTTP.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not a redirection.</exception>
    public static WsResponse Redirect(string location, int statusCode = 302)
    {
        if (statusCode is not (301 or 302 or 303 or 307 or 308))
        {
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "A redirection is 301, 302, 303, 307 or 308.");
        }

        if (location.Length == 0 || location.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"'{location}' is not an address: it must be visible ASCII, percent-encoded.", nameof(location));
        }

        return new WsResponse(statusCode, null, default, [new("Location", location)]);
    }

    /// <summary>A status without a body.</summary>
    /// <param name="statusCode">200 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsResponse Status(int statusCode)
    {
        if (statusCode is < 200 or > 599)
        {
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "The status of a response must be 200 to 599.");
        }

        return new WsResponse(statusCode, null, default);
    }

    /// <summary>204: success, without content.</summary>
    public static WsResponse NoContent() => Status(204);

    /// <summary>The same response with one more header. You can add the same name several times, such as <c>Set-Cookie</c>.</summary>
    /// <param name="name">The name: a token (RFC 9110 section 5.1).</param>
    /// <param name="value">The value: visible ASCII and spaces.</param>
    /// <exception cref="ArgumentException">
    /// The header is malformed, or the server writes it itself (Content-Length, Content-Type, Connection, Date, Transfer-Encoding, Upgrade
    /// and others).
    /// </exception>
    public WsResponse WithHeader(string name, string value)
    {
        KeyValuePair<string, string>[] added = ResponseHeaders.Checked([new(name, value)]);
        return new WsResponse(StatusCode, ContentType, Body, [.. Headers, .. added]);
    }
}
