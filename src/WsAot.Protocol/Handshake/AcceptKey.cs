using System.Buffers;
using System.Buffers.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>Computes the Sec-WebSocket-Accept that answers a Sec-WebSocket-Key (RFC 6455 sections 4.1 and 4.2.2).</summary>
public static class AcceptKey
{
    /// <summary>The length of a Sec-WebSocket-Accept in bytes: 20 bytes in base64.</summary>
    public const int Length = 28;

    /// <summary>The length of a Sec-WebSocket-Key in bytes: 16 bytes in base64.</summary>
    public const int KeyLength = 24;

    private static readonly SearchValues<byte> s_base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    // Section 1.3: the string that every implementation appends.
    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Computes the Sec-WebSocket-Accept for a key.</summary>
    /// <param name="key">The Sec-WebSocket-Key as it came: 24 bytes.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentException">The key is not 24 bytes long.</exception>
    public static void Compute(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        if (key.Length != KeyLength) throw new ArgumentException("A Sec-WebSocket-Key must be 24 bytes long.", nameof(key));

        // Section 4.2.2 item 5.4: the key as received, not decoded, then the GUID; SHA-1; base64.
        Span<byte> text = stackalloc byte[KeyLength + 36];
        key.CopyTo(text);
        Guid.CopyTo(text[KeyLength..]);
        Span<byte> hash = stackalloc byte[Sha1.HashLength];
        Sha1.Hash(text, hash);
        Base64.EncodeToUtf8(hash, destination[..Length], out _, out _);
    }

    /// <summary>
    /// Whether the value is 16 bytes in base64 (section 4.2.1 item 5): 22 characters and the padding. The last character has four bits too
    /// many. An encoder leaves them zero, but some clients draw characters at random, which is harmless (RFC 4648 section 3.5).
    /// </summary>
    public static bool IsValidKey(ReadOnlySpan<byte> key) =>
        key.Length == KeyLength && key.EndsWith("=="u8) && !key[..22].ContainsAnyExcept(s_base64);
}
