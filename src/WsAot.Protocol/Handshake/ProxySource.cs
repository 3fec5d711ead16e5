namespace WsAot.Protocol.Handshake;

/// <summary>Whose connection a header of the PROXY protocol describes.</summary>
public enum ProxySource : byte
{
    /// <summary>The proxy's own: a health check, such as LOCAL in version 2 (section 2.2).</summary>
    Proxy,

    /// <summary>A client's; the header has its IP address and port.</summary>
    Address,

    /// <summary>A client's, but the header has no TCP address for it (UNKNOWN, UNSPEC, UDP, a Unix socket).</summary>
    Unknown,
}
