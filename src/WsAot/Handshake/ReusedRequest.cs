using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// The request that a loop is answering. One object serves all requests in turn, so opening a connection leaves no garbage. Used only on
/// that loop.
/// </summary>
internal sealed class ReusedRequest
{
    private readonly WsRequest _request;
    private byte[] _head = [];

    public ReusedRequest() => _request = new WsRequest(default, Path, default);

    /// <summary>The parsed path of the request.</summary>
    public RequestPath Path { get; } = new();

    /// <summary>What trusted proxies say about the client; null if nothing.</summary>
    public ForwardedClient? Forwarded { get; set; }

    /// <summary>Fills in the request whose path was parsed last; valid until it is answered.</summary>
    public WsRequest Take(ReadOnlySpan<byte> head, PeerAddress remoteAddress)
    {
        if (_head.Length < head.Length) _head = new byte[head.Length];
        head.CopyTo(_head);
        _request.Reset(_head.AsMemory(0, head.Length), remoteAddress);
        return _request;
    }

    /// <summary>A copy of the request, for a handler that keeps it.</summary>
    public WsRequest Copy(ReadOnlySpan<byte> head, PeerAddress remoteAddress, RequestTls? tls)
    {
        if (Forwarded is { } forwarded) return new ForwardedRequest(head.ToArray(), Path.Copy(), tls, forwarded);
        return tls is null
            ? new WsRequest(head.ToArray(), Path.Copy(), remoteAddress)
            : new TlsRequest(head.ToArray(), Path.Copy(), remoteAddress, tls);
    }
}
