using System.Buffers;

namespace WsAot.Protocol.Handshake;

/// <summary>The grammar of the request line (RFC 9112 section 3).</summary>
internal static class RequestLine
{
    private const int VersionLength = 8;

    // RFC 3986: a URI consists of visible ASCII. RFC 6455 section 3: no fragment, so no '#'.
    private static readonly SearchValues<byte> s_targetBytes = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Validates a line without its CRLF.</summary>
    public static HandshakeError Check(ReadOnlySpan<byte> line)
    {
        // Exactly one space between the parts, as in the grammar: section 3 allows leniency here, but warns of the consequences.
        int methodLength = HttpTokens.GetTokenLength(line);
        if (methodLength == 0 || methodLength == line.Length || line[methodLength] != ' ') return HandshakeError.MalformedRequestLine;
        ReadOnlySpan<byte> rest = line[(methodLength + 1)..];
        int targetLength = rest.IndexOf((byte)' ');
        if (targetLength <= 0 || !IsTarget(rest[..targetLength])) return HandshakeError.MalformedRequestLine;
        return CheckVersion(rest[(targetLength + 1)..]);
    }

    // RFC 9112 section 2.3: the name is case-sensitive, and each number is one digit.
    private static HandshakeError CheckVersion(ReadOnlySpan<byte> version)
    {
        if (version.Length != VersionLength || !version.StartsWith("HTTP/"u8) || version[6] != '.'
            || !char.IsAsciiDigit((char)version[5]) || !char.IsAsciiDigit((char)version[7]))
        {
            return HandshakeError.MalformedRequestLine;
        }

        return version[5] == '1' ? HandshakeError.None : HandshakeError.UnsupportedHttpVersion;
    }

    // Section 3.2: origin-form, absolute-form and, for OPTIONS, "*". The fourth form is for CONNECT, which only proxies take.
    private static bool IsTarget(ReadOnlySpan<byte> target)
    {
        if (target.ContainsAnyExcept(s_targetBytes)) return false;
        if (target[0] == '/' || target.SequenceEqual("*"u8)) return true;

        // RFC 9110 section 4.2: a host is required, and user information is forbidden.
        int start = GetAuthorityStart(target);
        return start > 0 && HostAndPort.TryParse(target.Slice(start, GetAuthorityLength(target[start..])), out _);
    }

    /// <summary>The length of the authority at the start of the bytes (RFC 3986 section 3.2).</summary>
    public static int GetAuthorityLength(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.IndexOfAny((byte)'/', (byte)'?');
        return length < 0 ? bytes.Length : length;
    }

    /// <summary>Where the authority of an absolute-form target starts; 0 for any other form.</summary>
    public static int GetAuthorityStart(ReadOnlySpan<byte> target)
    {
        int colon = target.IndexOf((byte)':');
        if (colon <= 0 || !target[colon..].StartsWith("://"u8)) return 0;
        ReadOnlySpan<byte> scheme = target[..colon];

        // Section 3.2.2 defines this for http(s); a client that writes ws(s) means the same.
        bool isKnown = HttpTokens.EqualsIgnoreCase(scheme, "http"u8) || HttpTokens.EqualsIgnoreCase(scheme, "https"u8)
            || HttpTokens.EqualsIgnoreCase(scheme, "ws"u8) || HttpTokens.EqualsIgnoreCase(scheme, "wss"u8);
        return isKnown ? colon + 3 : 0;
    }
}
