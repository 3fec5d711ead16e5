namespace WsAot.Protocol.Handshake;

/// <summary>An origin in its parts (RFC 6454 section 6.2: scheme "://" host [ ":" port ]).</summary>
internal readonly ref struct OriginParts
{
    private OriginParts(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> host, int port)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
    }

    public ReadOnlySpan<byte> Scheme { get; }

    /// <summary>The host, with its brackets if it is an IPv6 address; empty for <c>file://</c>.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>The port; the default of the scheme if none is named; <see cref="HostAndPort.NoPort"/> if the scheme has none.</summary>
    public int Port { get; }

    /// <summary>
    /// Parses an origin. A slash at its end, which some clients send and many people write, is ignored. A path or user information is
    /// refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out OriginParts parts)
    {
        parts = default;
        int colon = value.IndexOf((byte)':');
        if (colon <= 0 || !value[colon..].StartsWith("://"u8) || !IsScheme(value[..colon])) return false;
        ReadOnlySpan<byte> scheme = value[..colon];
        ReadOnlySpan<byte> authority = value[(colon + 3)..];
        if (authority.EndsWith("/"u8)) authority = authority[..^1];
        int defaultPort = DefaultPortOf(scheme);
        if (authority.IsEmpty)
        {
            // A scheme with a default port needs a host.
            parts = new OriginParts(scheme, default, HostAndPort.NoPort);
            return defaultPort == HostAndPort.NoPort;
        }

        if (!HostAndPort.TryParse(authority, out HostAndPort place)) return false;
        parts = new OriginParts(scheme, place.Host, place.Port == HostAndPort.NoPort ? defaultPort : place.Port);
        return true;
    }

    /// <summary>The default port of a scheme that browsers know (WHATWG URL, "special scheme").</summary>
    public static int DefaultPortOf(ReadOnlySpan<byte> scheme)
    {
        if (HttpTokens.EqualsIgnoreCase(scheme, "http"u8) || HttpTokens.EqualsIgnoreCase(scheme, "ws"u8)) return 80;
        if (HttpTokens.EqualsIgnoreCase(scheme, "https"u8) || HttpTokens.EqualsIgnoreCase(scheme, "wss"u8)) return 443;
        return HttpTokens.EqualsIgnoreCase(scheme, "ftp"u8) ? 21 : HostAndPort.NoPort;
    }

    /// <summary>Whether the value can be a scheme (RFC 3986 section 3.1).</summary>
    public static bool IsScheme(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || !char.IsAsciiLetter((char)value[0])) return false;
        foreach (byte one in value)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one is not ((byte)'+' or (byte)'-' or (byte)'.')) return false;
        }

        return true;
    }
}
