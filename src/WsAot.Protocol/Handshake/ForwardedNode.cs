namespace WsAot.Protocol.Handshake;

/// <summary>
/// The client of a proxy, as an element of <c>X-Forwarded-For</c> or the value of <c>for=</c> names it (RFC 7239 section 6).
/// </summary>
public static class ForwardedNode
{
    /// <summary>
    /// Reads an IP address, with a port or without: <c>192.0.2.1</c>, <c>192.0.2.1:4711</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:4711</c>.
    /// False for anything else, such as <c>unknown</c> or a name that hides the address (sections 6.2 and 6.3).
    /// </summary>
    /// <param name="node">The text, without quotation marks.</param>
    /// <param name="address">16 bytes or more; gets the address in network order.</param>
    /// <param name="length">The length of the address: 4 or 16.</param>
    /// <param name="port">The port; 0 if there is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> node, Span<byte> address, out int length, out ushort port)
    {
        (length, port) = (0, 0);
        int end = node.LastIndexOf((byte)']');
        if (node.StartsWith("["u8))
        {
            return end > 0
                && TryParsePort(node[(end + 1)..], out port)
                && node[1..end].Contains((byte)':')
                && IPText.TryParse(node[1..end], address, out length);
        }

        int colon = node.IndexOf((byte)':');
        bool hasPort = colon >= 0 && node.LastIndexOf((byte)':') == colon;
        return hasPort
            ? TryParsePort(node[colon..], out port) && IPText.TryParse(node[..colon], address, out length)
            : IPText.TryParse(node, address, out length);
    }

    /// <summary>Whether a value of <c>X-Forwarded-Host</c> or <c>host=</c> is a host (RFC 9110 section 7.2).</summary>
    public static bool IsHost(ReadOnlySpan<byte> value) => HostAndPort.TryParse(value, out _);

    /// <summary>The value of a parameter of an element of <c>Forwarded</c>, without its quotation marks.</summary>
    /// <param name="element">The element: pairs, separated by semicolons.</param>
    /// <param name="lowerCaseName">The parameter in lower case.</param>
    /// <param name="value">Its value; empty if there is none.</param>
    /// <returns>False if the element does not follow the grammar (section 4), or has the parameter twice.</returns>
    public static bool TryFind(ReadOnlySpan<byte> element, ReadOnlySpan<byte> lowerCaseName, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool isFound = false;
        while (!element.IsEmpty)
        {
            if (!TryTakePair(ref element, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> one)) return false;
            if (!HttpTokens.EqualsIgnoreCase(name, lowerCaseName)) continue;
            if (isFound) return false;
            isFound = true;
            value = one;
        }

        return true;
    }

    private static bool TryTakePair(
        scoped ref ReadOnlySpan<byte> element, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        int length = HttpTokens.GetTokenLength(element);
        if (length == 0 || length == element.Length || element[length] != '=') return false;
        name = element[..length];
        element = element[(length + 1)..];
        if (element.StartsWith("\""u8))
        {
            int end = element[1..].IndexOf((byte)'"');
            if (end < 0) return false;
            value = element.Slice(1, end);
            // No node, host or scheme needs a backslash in its quotation marks, and one before the closing mark would escape it.
            if (value.Contains((byte)'\\')) return false;
            element = element[(end + 2)..];
        }
        else
        {
            value = element[..HttpTokens.GetTokenLength(element)];
            element = element[value.Length..];
        }

        element = HttpTokens.Trim(element);
        if (element.IsEmpty) return true;
        if (element[0] != ';') return false;
        element = HttpTokens.Trim(element[1..]);
        return true;
    }

    private static bool TryParsePort(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        if (text.IsEmpty) return true;
        if (text[0] != ':' || !IPText.TryParseDecimal(text[1..], ushort.MaxValue, out int number)) return false;
        port = (ushort)number;
        return true;
    }
}
