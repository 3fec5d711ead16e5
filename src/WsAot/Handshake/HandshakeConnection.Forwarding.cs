using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>What trusted proxies say about the client.</summary>
internal sealed partial class HandshakeConnection
{
    private ForwardedClient? _forwarded;

    /// <summary>The client's address, as far as it is known: the peer's, or what trusted proxies say once the head has been read.</summary>
    public PeerAddress ClientAddress => _forwarded?.Address ?? _transport.RemoteAddress;

    private void ReadForwarded(RequestHead head)
    {
        _forwarded = context.Forwarded.Proxies.IsEmpty ? null : context.Forwarded.Read(head, _transport.RemoteAddress);
        handshakes.Request.Forwarded = _forwarded;
    }

    /// <summary>The host that the client asked for.</summary>
    private ReadOnlySpan<byte> AuthorityOf(RequestHead head) => _forwarded?.Host ?? head.Authority;
}
