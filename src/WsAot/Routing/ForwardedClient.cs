using WsAot.Transport;

namespace WsAot.Routing;

/// <summary>What trusted proxies say of the client of a request. Immutable.</summary>
/// <param name="address">The client's address, or that of the first proxy that is not trusted.</param>
/// <param name="proxy">The address of the proxy next to us.</param>
/// <param name="isSecure">Whether the client has used TLS; null: they say nothing.</param>
/// <param name="host">The host that the client has asked for; null: they say nothing.</param>
internal sealed class ForwardedClient(PeerAddress address, PeerAddress proxy, bool? isSecure, byte[]? host)
{
    public PeerAddress Address => address;

    public PeerAddress Proxy => proxy;

    public bool? IsSecure => isSecure;

    public byte[]? Host => host;
}
