using System.Runtime.CompilerServices;
using System.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>
/// The subprotocols that a client offers in Sec-WebSocket-Protocol (RFC 6455 sections 1.9 and 4.2.2). Their names are case-sensitive.
/// </summary>
public static class Subprotocols
{
    /// <summary>
    /// The largest number that a client may offer. The RFC sets none, but names must differ (section 4.1), and a limit keeps that check
    /// cheap.
    /// </summary>
    public const int MaxOffered = 64;

    private static ReadOnlySpan<byte> HeaderName => "sec-websocket-protocol"u8;

    /// <summary>Selects the first supported subprotocol that the client offers; null if there is none.</summary>
    /// <param name="head">The request.</param>
    /// <param name="supported">The subprotocols that the server supports, most preferred first.</param>
    public static string? Select(RequestHead head, IReadOnlyList<string> supported)
    {
        for (int i = 0; i < supported.Count; i++)
        {
            if (IsOffered(head, supported[i])) return supported[i];
        }

        return null;
    }

    /// <summary>Whether the client offers the subprotocol.</summary>
    /// <param name="head">The request.</param>
    /// <param name="name">The name in its exact case.</param>
    public static bool IsOffered(RequestHead head, ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return false;
        foreach (HeaderField field in head)
        {
            if (field.Is(HeaderName) && Contains(field.Value, name)) return true;
        }

        return false;
    }

    private static bool Contains(ReadOnlySpan<byte> list, ReadOnlySpan<char> name)
    {
        while (!list.IsEmpty)
        {
            if (Ascii.Equals(HttpTokens.TakeElement(ref list), name)) return true;
        }

        return false;
    }

    /// <summary>
    /// Checks the names (section 4.1 item 10): tokens, all different. A header without any name is ignored, as empty elements of a list are
    /// (RFC 9110 section 5.6.1.2): some clients write it when they offer nothing.
    /// </summary>
    /// <param name="head">The request. Several lines form one list (section 11.3.4).</param>
    /// <param name="name">The name that is wrong; empty if there is none.</param>
    [SkipLocalsInit]
    internal static HandshakeError Check(RequestHead head, out ReadOnlySpan<byte> name)
    {
        // An array cannot hold spans, so it holds their positions.
        ReadOnlySpan<byte> text = head.Lines;
        Span<(int Start, int Length)> seen = stackalloc (int, int)[MaxOffered];
        int count = 0;
        foreach (HeaderField field in head)
        {
            if (!field.Is(HeaderName)) continue;
            ReadOnlySpan<byte> list = field.Value;
            while (!list.IsEmpty)
            {
                name = HttpTokens.TakeElement(ref list);
                if (name.IsEmpty) continue;
                if (count == MaxOffered) return HandshakeError.TooManySubprotocols;
                if (!HttpTokens.IsToken(name)) return HandshakeError.InvalidSubprotocols;
                if (IsAmong(name, seen[..count], text)) return HandshakeError.DuplicateSubprotocol;
                text.Overlaps(name, out int start);
                seen[count++] = (start, name.Length);
            }
        }

        name = default;
        return HandshakeError.None;
    }

    private static bool IsAmong(ReadOnlySpan<byte> name, ReadOnlySpan<(int Start, int Length)> seen, ReadOnlySpan<byte> text)
    {
        foreach ((int start, int length) in seen)
        {
            if (name.SequenceEqual(text.Slice(start, length))) return true;
        }

        return false;
    }
}
