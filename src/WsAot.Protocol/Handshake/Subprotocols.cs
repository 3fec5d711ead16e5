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

    // Section 4.1 item 10: one or more tokens, all different. Section 11.3.4: several lines form one list.
    [SkipLocalsInit]
    internal static bool AreWellFormed(RequestHead head)
    {
        // An array cannot hold spans, so it holds their positions.
        ReadOnlySpan<byte> text = head.Lines;
        Span<(int Start, int Length)> seen = stackalloc (int, int)[MaxOffered];
        int count = 0;
        foreach (HeaderField field in head)
        {
            if (!field.Is(HeaderName)) continue;
            int countBefore = count;
            ReadOnlySpan<byte> list = field.Value;
            while (!list.IsEmpty)
            {
                // RFC 9110 section 5.6.1.2: empty elements are ignored.
                ReadOnlySpan<byte> name = HttpTokens.TakeElement(ref list);
                if (name.IsEmpty) continue;
                if (count == MaxOffered || !HttpTokens.IsToken(name) || IsAmong(name, seen[..count], text)) return false;
                text.Overlaps(name, out int start);
                seen[count++] = (start, name.Length);
            }

            if (count == countBefore) return false;
        }

        return true;
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
