using WsAot.Transport;

namespace WsAot.Routing;

/// <summary>An upgrade request over TLS. It has a class, so that a request without TLS, which a handler may keep, is no larger.</summary>
internal sealed class TlsRequest(ReadOnlyMemory<byte> head, RequestPath path, PeerAddress remoteAddress, RequestTls tls)
    : WsRequest(head, path, remoteAddress)
{
    internal override RequestTls? Tls => tls;
}
