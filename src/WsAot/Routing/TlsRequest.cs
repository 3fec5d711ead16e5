using WsAot.Transport;

namespace WsAot.Routing;

/// <summary>
/// An upgrade request over TLS. It is a class of its own, so that requests without TLS, which a handler may keep, are no larger.
/// </summary>
internal sealed class TlsRequest(ReadOnlyMemory<byte> head, RequestPath path, PeerAddress remoteAddress, RequestTls tls)
    : WsRequest(head, path, remoteAddress)
{
    internal override RequestTls? Tls => tls;
}
