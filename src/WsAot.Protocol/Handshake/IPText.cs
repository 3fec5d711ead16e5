namespace WsAot.Protocol.Handshake;

/// <summary>
/// Reads IP addresses as text (RFC 3986 section 3.2.2, without brackets): IPv4 as four decimal numbers, or IPv6 in any of its forms. Octal
/// or hexadecimal numbers, missing parts and zones are refused.
/// </summary>
public static class IPText
{
    /// <summary>The bytes of the longest address.</summary>
    public const int MaxLength = 16;

    private const int V4Length = 4;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Reads an address. An IPv4 address that is written as IPv6 (<c>::ffff:192.0.2.1</c>) becomes IPv4.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="address">16 bytes or more; gets the address in network order.</param>
    /// <param name="length">The length of the address: 4 or 16.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address, out int length)
    {
        if (text.Contains((byte)':')) return TryParseV6(text, address, out length);
        length = V4Length;
        return TryParseV4(text, address);
    }

    /// <summary>Whether the bytes are an IPv4 address that is written as IPv6.</summary>
    internal static bool IsMapped(ReadOnlySpan<byte> address) => address.StartsWith(MappedPrefix);

    internal static bool TryParseV4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        for (int i = 0; i < V4Length; i++)
        {
            int dot = text.IndexOf((byte)'.');
            bool isLast = i == V4Length - 1;
            if (isLast != dot < 0) return false;
            if (!TryParseDecimal(isLast ? text : text[..dot], byte.MaxValue, out int number)) return false;
            address[i] = (byte)number;
            text = isLast ? default : text[(dot + 1)..];
        }

        return true;
    }

    /// <summary>Reads a decimal number without leading zeros.</summary>
    internal static bool TryParseDecimal(ReadOnlySpan<byte> text, int max, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 5 || (text[0] == '0' && text.Length > 1)) return false;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = (number * 10) + (digit - '0');
        }

        return number <= max;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, Span<byte> address, out int length)
    {
        length = MaxLength;
        address = address[..MaxLength];
        address.Clear();
        int filled = 0;
        int gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains((byte)'.'))
            {
                if (filled > MaxLength - V4Length || !TryParseV4(group, address[filled..])) return false;
                filled += V4Length;
                break;
            }

            if (filled == MaxLength || !TryParseGroup(group, address[filled..])) return false;
            filled += 2;
            if (colon < 0) break;
            text = text[(colon + 1)..];
            if (text.IsEmpty) return false;
            if (text[0] != ':') continue;
            if (gap >= 0) return false;
            gap = filled;
            text = text[1..];
        }

        if (!Spread(address, filled, gap)) return false;
        if (!IsMapped(address)) return true;
        address[MappedPrefix.Length..].CopyTo(address);
        length = V4Length;
        return true;
    }

    /// <summary>Moves the groups after the gap (<c>::</c>) to the end. A gap stands for at least one group of zeros.</summary>
    private static bool Spread(Span<byte> address, int filled, int gap)
    {
        if (gap < 0) return filled == MaxLength;
        if (filled == MaxLength) return false;
        int behind = filled - gap;
        address.Slice(gap, behind).CopyTo(address[^behind..]);
        address[gap..^behind].Clear();
        return true;
    }

    private static bool TryParseGroup(ReadOnlySpan<byte> group, Span<byte> destination)
    {
        if (group.Length is 0 or > 4) return false;
        int number = 0;
        foreach (byte digit in group)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
            number = (number << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        (destination[0], destination[1]) = ((byte)(number >> 8), (byte)number);
        return true;
    }
}
