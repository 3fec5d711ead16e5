using System.Globalization;
using System.Text.RegularExpressions;

namespace WsAot.Fuzz.Proxies;

/// <summary>IP addresses as text (RFC 3986 section 3.2.2, RFC 4291 section 2.2): slow, but simple enough to be right.</summary>
internal static partial class NaiveAddress
{
    private const int V6Bytes = 16;

    /// <summary>The bytes of an address; null: the text is not an address. IPv4 written as IPv6 becomes IPv4.</summary>
    public static byte[]? Parse(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal)) return ParseV4(text);
        if (ParseV6(text) is not { } address) return null;
        bool isMapped = address.AsSpan(0, 10).IndexOfAnyExcept((byte)0) < 0 && address[10] == 0xFF && address[11] == 0xFF;
        return isMapped ? address[12..] : address;
    }

    /// <summary>A port; null: the text is not a port.</summary>
    public static int? ParsePort(string text) =>
        Number().IsMatch(text) && int.Parse(text, CultureInfo.InvariantCulture) is <= ushort.MaxValue and int port ? port : null;

    /// <summary>An address with an optional port, as proxies write it: IPv6 with brackets, or without them if there is no port.</summary>
    public static (byte[] Address, int Port)? ParseNode(string text)
    {
        string host = text;
        string port = "";
        if (text.StartsWith('['))
        {
            int end = text.LastIndexOf(']');
            if (end < 0 || !text[1..end].Contains(':', StringComparison.Ordinal)) return null;
            (host, port) = (text[1..end], text[(end + 1)..]);
        }
        else if (text.Count(static c => c == ':') == 1)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            (host, port) = (text[..colon], text[colon..]);
        }

        if (Parse(host) is not { } address) return null;
        if (port.Length == 0) return (address, 0);
        return port[0] == ':' && ParsePort(port[1..]) is { } number ? (address, number) : null;
    }

    private static byte[]? ParseV4(string text)
    {
        string[] numbers = text.Split('.');
        if (numbers.Length != 4 || !numbers.All(Number().IsMatch)) return null;
        int[] values = [.. numbers.Select(static number => int.Parse(number, CultureInfo.InvariantCulture))];
        return Array.TrueForAll(values, static value => value <= 255) ? [.. values.Select(static value => (byte)value)] : null;
    }

    private static byte[]? ParseV6(string text)
    {
        string[] halves = text.Split("::");
        if (halves.Length > 2) return null;
        byte[]? left = ParseGroups(halves[0], mayEndInV4: halves.Length == 1);
        byte[]? right = halves.Length == 2 ? ParseGroups(halves[1], mayEndInV4: true) : [];
        if (left is null || right is null) return null;
        int zeros = V6Bytes - left.Length - right.Length;
        // Two colons stand for at least one group of zeros.
        bool isWhole = halves.Length == 1 ? zeros == 0 : zeros >= 2;
        return isWhole ? [.. left, .. new byte[zeros], .. right] : null;
    }

    private static byte[]? ParseGroups(string text, bool mayEndInV4)
    {
        if (text.Length == 0) return [];
        List<byte> bytes = [];
        string[] groups = text.Split(':');
        for (int i = 0; i < groups.Length; i++)
        {
            if (mayEndInV4 && i == groups.Length - 1 && groups[i].Contains('.', StringComparison.Ordinal))
            {
                if (ParseV4(groups[i]) is not { } last) return null;
                bytes.AddRange(last);
                continue;
            }

            if (!Group().IsMatch(groups[i])) return null;
            ushort value = ushort.Parse(groups[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            bytes.AddRange([(byte)(value >> 8), (byte)value]);
        }

        return bytes.Count <= V6Bytes ? [.. bytes] : null;
    }

    [GeneratedRegex("\\A(?:0|[1-9][0-9]{0,4})\\z")]
    private static partial Regex Number();

    [GeneratedRegex("\\A[0-9A-Fa-f]{1,4}\\z")]
    private static partial Regex Group();
}
