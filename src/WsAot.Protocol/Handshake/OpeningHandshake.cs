namespace WsAot.Protocol.Handshake;

/// <summary>The server's side of the opening handshake (RFC 6455 section 4.2).</summary>
public static class OpeningHandshake
{
    /// <summary>
    /// Whether the request asks for a WebSocket; <see cref="Validate"/> says whether it does so correctly. False for plain HTTP, and for an
    /// Upgrade in HTTP/1.0, which a server ignores (RFC 9110 section 7.8).
    /// </summary>
    public static bool IsUpgradeToWebSocket(RequestHead head) => head.MinorVersion > 0 && NamesWebSocket(head);

    /// <summary>Whether the request asks for a WebSocket in HTTP/1.0, as from a proxy that is not configured for HTTP/1.1.</summary>
    public static bool IsUpgradeInHttp10(RequestHead head) => head.MinorVersion == 0 && NamesWebSocket(head);

    /// <summary>
    /// Checks all that section 4.2.1 requires of a request, in one pass over its headers. The origin, the path and the subprotocol are not
    /// checked: they are the server's own decisions.
    /// </summary>
    /// <returns><see cref="HandshakeError.None"/>, or the first error.</returns>
    public static HandshakeError Validate(RequestHead head)
    {
        // Section 4.2.1 item 1: GET, HTTP/1.1 or higher. The reader has accepted only 1.x.
        if (!head.Method.SequenceEqual("GET"u8)) return HandshakeError.MethodNotAllowed;
        if (head.MinorVersion == 0) return HandshakeError.UnsupportedHttpVersion;

        HandshakeHeaders headers = default;
        foreach (HeaderField field in head) headers.Add(field);
        return headers.Check(head);
    }

    /// <summary>
    /// Checks the Host header of any request (RFC 9112 section 3.2): from HTTP/1.1 on there is exactly one, and it is empty or a host and
    /// an optional port.
    /// </summary>
    public static HandshakeError CheckHost(RequestHead head)
    {
        int count = head.CountHeader("host"u8);
        if (count == 0) return head.MinorVersion > 0 ? HandshakeError.MissingHost : HandshakeError.None;
        if (count > 1) return HandshakeError.DuplicateHost;
        ReadOnlySpan<byte> host = head.Find("host"u8);
        return host.IsEmpty || HostAndPort.TryParse(host, out _) ? HandshakeError.None : HandshakeError.InvalidHost;
    }

    /// <summary>
    /// Checks that a request other than a handshake has at most one length (RFC 9112 section 6.3): if there were two, a proxy might use the
    /// other one and see different requests than we do. The body itself is not read.
    /// </summary>
    public static HandshakeError CheckLength(RequestHead head)
    {
        int lengths = head.CountHeader("content-length"u8);
        if (lengths > 1) return HandshakeError.DuplicateContentLength;
        // Section 6.3 item 5 allows a list of equal numbers. We refuse it.
        if (lengths > 0 && !HttpTokens.IsLength(head.Find("content-length"u8))) return HandshakeError.InvalidContentLength;
        if (head.CountHeader("transfer-encoding"u8) == 0) return HandshakeError.None;
        if (lengths > 0) return HandshakeError.TwoLengths;
        // Section 6.1: the framing of a request in HTTP/1.0 with Transfer-Encoding is faulty.
        return head.MinorVersion == 0 ? HandshakeError.InvalidTransferEncoding : CheckTransferEncoding(head);
    }

    private static HandshakeError CheckTransferEncoding(RequestHead head)
    {
        int codings = 0;
        bool isLastChunked = false;
        foreach (HeaderField field in head)
        {
            if (!field.Is("transfer-encoding"u8)) continue;
            ReadOnlySpan<byte> list = field.Value;
            while (!list.IsEmpty)
            {
                ReadOnlySpan<byte> coding = HttpTokens.TakeElement(ref list);
                if (coding.IsEmpty) continue;
                codings++;
                isLastChunked = HttpTokens.EqualsIgnoreCase(coding, "chunked"u8);
            }
        }

        if (!isLastChunked) return HandshakeError.InvalidTransferEncoding;
        return codings == 1 ? HandshakeError.None : HandshakeError.UnknownTransferEncoding;
    }

    private static bool NamesWebSocket(RequestHead head)
    {
        foreach (HeaderField field in head)
        {
            if (field.Is("upgrade"u8) && HttpTokens.ListContains(field.Value, "websocket"u8)) return true;
        }

        return false;
    }
}
