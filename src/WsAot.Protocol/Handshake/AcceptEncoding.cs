namespace WsAot.Protocol.Handshake;

/// <summary>Reads Accept-Encoding (RFC 9110 section 12.5.3).</summary>
public static class AcceptEncoding
{
    private const int Full = 1000;

    /// <summary>How much the client wants a coding: 0 (not at all) to 1000.</summary>
    /// <param name="head">The request.</param>
    /// <param name="coding">The coding in lower case: <c>br</c>, <c>gzip</c> or <c>identity</c>.</param>
    public static int GetQuality(RequestHead head, ReadOnlySpan<byte> coding)
    {
        bool isIdentity = coding.SequenceEqual("identity"u8);
        int any = -1;
        foreach (HeaderField field in head)
        {
            if (!field.Is("accept-encoding"u8)) continue;
            ReadOnlySpan<byte> list = field.Value;
            while (!list.IsEmpty)
            {
                ReadOnlySpan<byte> element = HttpTokens.TakeElement(ref list);
                int semicolon = element.IndexOf((byte)';');
                ReadOnlySpan<byte> name = semicolon < 0 ? element : HttpTokens.Trim(element[..semicolon]);
                int quality = semicolon < 0 ? Full : ParseWeight(HttpTokens.Trim(element[(semicolon + 1)..]));
                if (HttpTokens.EqualsIgnoreCase(name, coding)) return quality;
                if (name.SequenceEqual("*"u8)) any = quality;
            }
        }

        // If the header does not mention identity, it is still acceptable, but after all codings that the header names.
        return any >= 0 ? any : isIdentity ? 1 : 0;
    }

    /// <summary>A weight (section 12.4.2) in thousandths; one that is malformed counts as 0, so that the coding is not used.</summary>
    private static int ParseWeight(ReadOnlySpan<byte> parameter)
    {
        if (parameter.Length is < 3 or > 7 || (parameter[0] | 0x20) != 'q' || parameter[1] != '=') return 0;
        ReadOnlySpan<byte> value = parameter[2..];
        if (value[0] is not ((byte)'0' or (byte)'1') || (value.Length > 1 && value[1] != '.')) return 0;
        int weight = (value[0] - '0') * Full;
        int unit = Full / 10;
        for (int i = 2; i < value.Length; i++, unit /= 10)
        {
            if (!char.IsAsciiDigit((char)value[i])) return 0;
            weight += (value[i] - '0') * unit;
        }

        return Math.Min(weight, Full);
    }
}
