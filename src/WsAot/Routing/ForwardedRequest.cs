namespace WsAot.Routing;

/// <summary>
/// An upgrade request with information from trusted proxies. It is a class of its own, so that other requests are no larger.
/// </summary>
internal sealed class ForwardedRequest(ReadOnlyMemory<byte> head, RequestPath path, RequestTls? tls, ForwardedClient forwarded)
    : WsRequest(head, path, forwarded.Address)
{
    internal override RequestTls? Tls => tls;

    internal override ForwardedClient? Forwarded => forwarded;
}
