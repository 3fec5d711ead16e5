using System.Buffers;

namespace WsAot.Protocol.Handshake;

/// <summary>The grammar of a header line (RFC 9112 section 5).</summary>
internal static class HeaderLine
{
    // RFC 9110 section 5.5 forbids CR, LF and NUL in a value and lets a recipient refuse other control characters; we refuse them.
    private static readonly SearchValues<byte> s_forbiddenValueBytes = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127,
    ]);

    /// <summary>Whether the line, without its CRLF, is a name, a colon and a value.</summary>
    public static bool IsValid(ReadOnlySpan<byte> line)
    {
        // The name is a token, and the colon follows at once: no empty name, no space before the colon (section 5.1), and no line that
        // starts with white space, since folding is obsolete (section 5.2).
        int nameLength = HttpTokens.GetTokenLength(line);
        if (nameLength == 0 || nameLength == line.Length || line[nameLength] != ':') return false;
        return !line[(nameLength + 1)..].ContainsAny(s_forbiddenValueBytes);
    }
}
