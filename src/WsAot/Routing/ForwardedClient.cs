using WsAot.Transport;

namespace WsAot.Routing;

/// <summary>The client of a request, according to trusted proxies. Immutable.</summary>
/// <param name="address">The client's address, or that of the first proxy that is not trusted.</param>
/// <param name="proxy">The address of the nearest proxy.</param>
/// <param name="isSecure">Whether the client used TLS; null if the proxies do not say.</param>
/// <param name="host">The host that the client asked for; null if the proxies do not say.</param>
internal sealed class ForwardedClient(PeerAddress address, PeerAddress proxy, bool? isSecure, byte[]? host)
{
    public PeerAddress Address => address;

    public PeerAddress Proxy => proxy;

    public bool? IsSecure => isSecure;

    public byte[]? Host => host;
}
