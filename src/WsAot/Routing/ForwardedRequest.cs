namespace WsAot.Routing;

/// <summary>An upgrade request of which trusted proxies say more. It has a class, so that one without them is no larger.</summary>
internal sealed class ForwardedRequest(ReadOnlyMemory<byte> head, RequestPath path, RequestTls? tls, ForwardedClient forwarded)
    : WsRequest(head, path, forwarded.Address)
{
    internal override RequestTls? Tls => tls;

    internal override ForwardedClient? Forwarded => forwarded;
}
