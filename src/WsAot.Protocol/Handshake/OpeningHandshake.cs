namespace WsAot.Protocol.Handshake;

/// <summary>The server's side of the opening handshake (RFC 6455 section 4.2).</summary>
public static class OpeningHandshake
{
    /// <summary>
    /// True when the request asks for WebSocket, rightly or not: <see cref="Validate"/> tells which. False means plain HTTP; so does
    /// an Upgrade in a request of HTTP/1.0, which RFC 9110 section 7.8 has a server ignore.
    /// </summary>
    public static bool IsUpgradeToWebSocket(RequestHead head)
    {
        if (head.MinorVersion == 0) return false;
        foreach (HeaderField field in head)
        {
            if (field.Is("upgrade"u8) && HttpTokens.ListContains(field.Value, "websocket"u8)) return true;
        }

        return false;
    }

    /// <summary>
    /// Checks everything that section 4.2.1 asks of a request, in one pass over its headers. The origin, the path and the choice of
    /// subprotocol are the server's own decisions and not looked at here.
    /// </summary>
    /// <returns><see cref="HandshakeError.None"/>, or the first thing that is wrong.</returns>
    public static HandshakeError Validate(RequestHead head)
    {
        // Section 4.2.1 item 1: GET, HTTP/1.1 or higher. The reader let nothing but 1.x pass.
        if (!head.Method.SequenceEqual("GET"u8)) return HandshakeError.MethodNotAllowed;
        if (head.MinorVersion == 0) return HandshakeError.UnsupportedHttpVersion;

        HandshakeHeaders headers = default;
        foreach (HeaderField field in head) headers.Add(field);
        return headers.Check(head);
    }
}
