using System.Globalization;
using System.Text;

namespace WsAot.Testing.Wire;

/// <summary>Writes requests and reads responses of HTTP/1.1.</summary>
internal static class HttpText
{
    /// <summary>A key for the opening handshake. It is not random, so that tests are deterministic.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>Writes a request for a WebSocket (RFC 6455 section 4.1).</summary>
    public static byte[] Upgrade(WsTestRequest request)
    {
        StringBuilder text = Begin("GET", request);
        AddLine(text, "Upgrade", "websocket");
        AddLine(text, "Connection", "Upgrade");
        AddLine(text, "Sec-WebSocket-Version", "13");
        AddLine(text, "Sec-WebSocket-Key", Key);
        if (request.Subprotocols.Count > 0) AddLine(text, "Sec-WebSocket-Protocol", string.Join(", ", request.Subprotocols));
        if (request.OffersCompression) AddLine(text, "Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>Writes any other request.</summary>
    public static byte[] Plain(string method, WsTestRequest request, ReadOnlyMemory<byte>? body, string? contentType)
    {
        StringBuilder text = Begin(method, request);
        AddLine(text, "Connection", "close");
        if (contentType is not null) AddLine(text, "Content-Type", contentType);
        if (body is { } length) AddLine(text, "Content-Length", length.Length.ToString(CultureInfo.InvariantCulture));
        byte[] head = Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
        return body is { } bytes ? [.. head, .. bytes.Span] : head;
    }

    /// <summary>Reads a response, if it is complete.</summary>
    /// <param name="bytes">The received bytes.</param>
    /// <param name="hasNoBody">Whether the response to this request has no body.</param>
    /// <param name="isEnded">Whether nothing more will come.</param>
    /// <param name="length">The length of the response in bytes.</param>
    /// <returns>Null if it is not complete.</returns>
    public static WsTestResponse? Read(ReadOnlySpan<byte> bytes, bool hasNoBody, bool isEnded, out int length)
    {
        length = 0;
        int headLength = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4) return null;
        string[] lines = Encoding.UTF8.GetString(bytes[..(headLength - 4)]).Split("\r\n");
        string[] status = lines[0].Split(' ', 3);
        if (status.Length < 2 || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            throw new WsTestException($"The server's answer is not an HTTP response: \"{lines[0]}\".");
        }

        var headers = new List<KeyValuePair<string, string>>();
        int bodyLength = -1;
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':');
            headers.Add(new(line[..Math.Max(colon, 0)], line[(colon + 1)..].Trim(' ')));
            if (!headers[^1].Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            bodyLength = int.Parse(headers[^1].Value, CultureInfo.InvariantCulture);
        }

        if (hasNoBody || code is 101 or 204 or 304) bodyLength = 0;
        // Without a length, the body ends with the connection (RFC 9112 section 6.3).
        if (bodyLength < 0 && isEnded) bodyLength = bytes.Length - headLength;
        if (bodyLength < 0 || bytes.Length - headLength < bodyLength) return null;
        length = headLength + bodyLength;
        return new WsTestResponse(code, status.Length > 2 ? status[2] : "", headers, bytes[headLength..length].ToArray());
    }

    private static StringBuilder Begin(string method, WsTestRequest request)
    {
        var text = new StringBuilder($"{method} {request.Target} HTTP/1.1\r\n");
        AddLine(text, "Host", request.Host);
        if (request.Origin is { } origin) AddLine(text, "Origin", origin);
        if (request.BearerToken is { } token) AddLine(text, "Authorization", $"Bearer {token}");
        if (request.Cookies.Count > 0) AddLine(text, "Cookie", string.Join("; ", request.Cookies));
        foreach (KeyValuePair<string, string> header in request.Headers) AddLine(text, header.Key, header.Value);
        return text;
    }

    private static void AddLine(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(value).Append("\r\n");
}
