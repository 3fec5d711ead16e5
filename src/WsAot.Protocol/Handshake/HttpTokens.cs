using System.Buffers;
using System.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>The common elements of HTTP headers (RFC 9110 section 5.6).</summary>
internal static class HttpTokens
{
    private const int MaxLengthDigits = 18;

    // RFC 9110 section 5.6.2: tchar.
    private static readonly SearchValues<byte> s_tokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<char> s_tokenChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The number of token characters at the start.</summary>
    public static int GetTokenLength(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.IndexOfAnyExcept(s_tokenBytes);
        return length < 0 ? bytes.Length : length;
    }

    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(s_tokenBytes);

    public static bool IsToken(ReadOnlySpan<char> chars) => !chars.IsEmpty && !chars.ContainsAnyExcept(s_tokenChars);

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Ascii.EqualsIgnoreCase(left, right);

    /// <summary>Whether the value can be a length: digits only, and no more than a 64-bit number has (RFC 9110 section 8.6).</summary>
    public static bool IsLength(ReadOnlySpan<byte> value) =>
        value.Length is > 0 and <= MaxLengthDigits && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Cuts off the optional white space on both sides (RFC 9110 section 5.6.3: OWS is spaces and tabs).</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        // Span.Trim with two bytes searches the two for each byte.
        int start = 0;
        int end = value.Length;
        while (start < end && IsWhiteSpace(value[start])) start++;
        while (end > start && IsWhiteSpace(value[end - 1])) end--;
        return value[start..end];
    }

    /// <summary>Cuts off the first element of a comma-separated list and returns it trimmed; it may be empty (section 5.6.1.2).</summary>
    public static ReadOnlySpan<byte> TakeElement(scoped ref ReadOnlySpan<byte> list)
    {
        int comma = list.IndexOf((byte)',');
        ReadOnlySpan<byte> element = comma < 0 ? list : list[..comma];
        list = comma < 0 ? default : list[(comma + 1)..];
        return Trim(element);
    }

    /// <summary>Whether an element of the list is the token, ignoring case.</summary>
    public static bool ListContains(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        while (!list.IsEmpty)
        {
            if (EqualsIgnoreCase(TakeElement(ref list), token)) return true;
        }

        return false;
    }

    private static bool IsWhiteSpace(byte value) => value is (byte)' ' or (byte)'\t';
}
