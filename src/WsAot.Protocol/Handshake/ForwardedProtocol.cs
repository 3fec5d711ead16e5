namespace WsAot.Protocol.Handshake;

/// <summary>
/// The protocol that the client used to reach the first proxy, as the proxies report it: <c>Forwarded: proto=</c> (RFC 7239 section 5.4) or
/// <c>X-Forwarded-Proto</c>.
/// </summary>
public static class ForwardedProtocol
{
    /// <summary>
    /// Whether a header says that the client uses TLS. Any client can send it, so use it only to refuse a request, never to allow one. A
    /// page in a browser cannot add it to its handshake.
    /// </summary>
    public static bool IsEncrypted(RequestHead head)
    {
        // Each proxy appends its value, so the first one is from the proxy that the client connected to.
        ReadOnlySpan<byte> protocols = head.Find("x-forwarded-proto"u8);
        if (IsEncrypted(HttpTokens.TakeElement(ref protocols))) return true;
        ReadOnlySpan<byte> forwarded = head.Find("forwarded"u8);
        ReadOnlySpan<byte> pairs = HttpTokens.TakeElement(ref forwarded);
        while (!pairs.IsEmpty)
        {
            int semicolon = pairs.IndexOf((byte)';');
            ReadOnlySpan<byte> pair = HttpTokens.Trim(semicolon < 0 ? pairs : pairs[..semicolon]);
            pairs = semicolon < 0 ? default : pairs[(semicolon + 1)..];
            int equals = pair.IndexOf((byte)'=');
            if (equals < 0 || !HttpTokens.EqualsIgnoreCase(pair[..equals], "proto"u8)) continue;
            // RFC 7239 section 4: the value may be in quotation marks.
            return IsEncrypted(pair[(equals + 1)..].Trim((byte)'"'));
        }

        return false;
    }

    /// <summary>Whether this is the name of a scheme with TLS.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> protocol) =>
        HttpTokens.EqualsIgnoreCase(protocol, "https"u8) || HttpTokens.EqualsIgnoreCase(protocol, "wss"u8);

    /// <summary>Whether this is the name of a scheme without TLS.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> protocol) =>
        HttpTokens.EqualsIgnoreCase(protocol, "http"u8) || HttpTokens.EqualsIgnoreCase(protocol, "ws"u8);
}
