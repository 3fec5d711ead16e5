namespace WsAot.Protocol.Handshake;

/// <summary>Compares a request's Origin header with its host (RFC 6454, RFC 6455 section 10.2).</summary>
public static class Origin
{
    /// <summary>
    /// Whether a page of this origin belongs to this host: the host names are equal in any case, and the ports are equal. A missing port on
    /// either side is the default of the origin's scheme (80 for http and ws, 443 for https and wss). False for <c>null</c> and for
    /// anything else that is not a scheme, a host and an optional port.
    /// </summary>
    /// <param name="origin">The value of the Origin header.</param>
    /// <param name="host">The value of the Host header, or <see cref="RequestHead.Authority"/>.</param>
    public static bool IsSameOrigin(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> host)
    {
        // RFC 6454 section 6.2: scheme "://" host [ ":" port ]. The parser leaves no room for a path or user information.
        int colon = origin.IndexOf((byte)':');
        if (colon <= 0 || !origin[colon..].StartsWith("://"u8)) return false;
        int defaultPort = GetDefaultPort(origin[..colon]);
        if (defaultPort == 0) return false;
        if (!HostAndPort.TryParse(origin[(colon + 3)..], out HostAndPort left) || !HostAndPort.TryParse(host, out HostAndPort right))
        {
            return false;
        }

        int leftPort = left.Port == HostAndPort.NoPort ? defaultPort : left.Port;
        int rightPort = right.Port == HostAndPort.NoPort ? defaultPort : right.Port;
        return leftPort == rightPort && HttpTokens.EqualsIgnoreCase(left.Host, right.Host);
    }

    private static int GetDefaultPort(ReadOnlySpan<byte> scheme)
    {
        if (HttpTokens.EqualsIgnoreCase(scheme, "http"u8) || HttpTokens.EqualsIgnoreCase(scheme, "ws"u8)) return 80;
        if (HttpTokens.EqualsIgnoreCase(scheme, "https"u8) || HttpTokens.EqualsIgnoreCase(scheme, "wss"u8)) return 443;
        return 0;
    }
}
