using System.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>Writes the response that accepts an opening handshake (RFC 6455 section 4.2.2 item 5).</summary>
public static class HandshakeResponse
{
    private static ReadOnlySpan<byte> Start =>
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "u8;

    private static ReadOnlySpan<byte> SubprotocolName => "Sec-WebSocket-Protocol: "u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>The largest number of bytes that <see cref="WriteSwitchingProtocols"/> writes.</summary>
    /// <param name="subprotocol">The subprotocol selected, or null.</param>
    /// <param name="extraHeadersLength">The length in bytes of the extra header lines.</param>
    public static int GetMaxSwitchingProtocolsLength(string? subprotocol, int extraHeadersLength)
    {
        int subprotocolLength = subprotocol is null ? 0 : SubprotocolName.Length + subprotocol.Length + LineEnd.Length;
        return Start.Length + AcceptKey.Length + LineEnd.Length + subprotocolLength + extraHeadersLength + LineEnd.Length;
    }

    /// <summary>Writes the whole response and returns its length in bytes.</summary>
    /// <param name="destination">At least <see cref="GetMaxSwitchingProtocolsLength"/> bytes.</param>
    /// <param name="key">The client's Sec-WebSocket-Key: 24 bytes.</param>
    /// <param name="subprotocol">The subprotocol selected from those offered (section 4.2.2 item 5.5), or null for none.</param>
    /// <param name="extraHeaders">Complete header lines, each ending in CRLF; may be empty.</param>
    /// <exception cref="ArgumentException">The subprotocol is not a token, or the key is not 24 bytes long.</exception>
    public static int WriteSwitchingProtocols(
        Span<byte> destination, ReadOnlySpan<byte> key, string? subprotocol, ReadOnlySpan<byte> extraHeaders)
    {
        // A name with a line break could add headers.
        if (subprotocol is not null && !HttpTokens.IsToken(subprotocol))
        {
            throw new ArgumentException("A subprotocol must be a token (RFC 6455 section 4.1).", nameof(subprotocol));
        }

        Span<byte> rest = destination;
        Append(ref rest, Start);
        AcceptKey.Compute(key, rest);
        rest = rest[AcceptKey.Length..];
        Append(ref rest, LineEnd);
        if (subprotocol is not null)
        {
            Append(ref rest, SubprotocolName);
            Encoding.ASCII.GetBytes(subprotocol, rest);
            rest = rest[subprotocol.Length..];
            Append(ref rest, LineEnd);
        }

        Append(ref rest, extraHeaders);
        Append(ref rest, LineEnd);
        return destination.Length - rest.Length;
    }

    private static void Append(ref Span<byte> destination, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination);
        destination = destination[bytes.Length..];
    }
}
