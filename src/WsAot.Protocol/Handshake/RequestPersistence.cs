namespace WsAot.Protocol.Handshake;

/// <summary>Whether a request keeps its connection open, and whether its client waits for 100 (Continue).</summary>
public static class RequestPersistence
{
    /// <summary>
    /// Whether the client lets the connection serve further requests (RFC 9112 section 9.3): from HTTP/1.1 on unless it says
    /// <c>close</c>, in HTTP/1.0 only if it says <c>keep-alive</c>.
    /// </summary>
    public static bool IsWanted(RequestHead head)
    {
        bool isKept = head.MinorVersion > 0;
        foreach (HeaderField field in head)
        {
            if (!field.Is("connection"u8)) continue;
            if (HttpTokens.ListContains(field.Value, "close"u8)) return false;
            isKept |= HttpTokens.ListContains(field.Value, "keep-alive"u8);
        }

        return isKept;
    }

    /// <summary>
    /// Whether the client waits for 100 (Continue) before it sends the body (RFC 9110 section 10.1.1). A client of HTTP/1.0 does not know
    /// it, so its expectation is ignored.
    /// </summary>
    /// <param name="head">The request.</param>
    /// <param name="error">Set if the request expects something that we do not know.</param>
    public static bool ExpectsContinue(RequestHead head, out HandshakeError error)
    {
        error = HandshakeError.None;
        if (head.MinorVersion == 0 || !head.TryGetHeader("expect"u8, out ReadOnlySpan<byte> value)) return false;
        if (head.CountHeader("expect"u8) == 1 && HttpTokens.EqualsIgnoreCase(value, "100-continue"u8)) return true;
        error = HandshakeError.UnknownExpectation;
        return false;
    }
}
