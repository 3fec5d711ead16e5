namespace WsAot.Protocol.Handshake;

/// <summary>Compares a request's Origin header with its host (RFC 6454, RFC 6455 section 10.2).</summary>
public static class Origin
{
    /// <summary>
    /// Whether a page of this origin belongs to this host: the host names are equal, ignoring case, and the ports are equal. A missing port
    /// on either side is the default of the origin's scheme (80 for http and ws, 443 for https and wss). False for <c>null</c>, for another
    /// scheme, and for anything that is not a scheme, a host and an optional port.
    /// </summary>
    /// <param name="origin">The value of the Origin header.</param>
    /// <param name="host">The value of the Host header, or <see cref="RequestHead.Authority"/>.</param>
    /// <param name="isEncrypted">
    /// Whether the client is known to use TLS. If so, an origin with http or ws does not match; if that is not known, both match.
    /// </param>
    public static bool IsSameOrigin(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> host, bool isEncrypted = false)
    {
        if (!OriginParts.TryParse(origin, out OriginParts left) || !HostAndPort.TryParse(host, out HostAndPort right)) return false;
        int defaultPort = OriginParts.DefaultPortOf(left.Scheme);
        if (defaultPort is not (80 or 443) || (isEncrypted && defaultPort == 80)) return false;
        int rightPort = right.Port == HostAndPort.NoPort ? defaultPort : right.Port;
        return left.Port == rightPort && HttpTokens.EqualsIgnoreCase(left.Host, right.Host);
    }
}
