using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// Reads what proxies say about their clients, from the proxy next to the server back to the client. It stops at the first address that is
/// not a trusted proxy, because anybody may have written what stands before it. A malformed entry is not believed, nor anything before it.
/// Immutable.
/// </summary>
internal sealed class ForwardedPolicy
{
    public const string XForwarded = "x-forwarded";
    public const string Forwarded = "forwarded";

    private readonly bool _isRfc7239;

    /// <exception cref="ArgumentException">A proxy in the options is invalid; the message names it.</exception>
    public ForwardedPolicy(WsServerOptions options)
    {
        Proxies = new TrustedProxies(options.TrustedProxies);
        _isRfc7239 = options.ForwardedHeaders.Equals(Forwarded, StringComparison.OrdinalIgnoreCase);
    }

    public TrustedProxies Proxies { get; }

    /// <summary>What a request's headers say about its client; null if the peer is not trusted, or if they say nothing.</summary>
    public ForwardedClient? Read(RequestHead head, PeerAddress peer)
    {
        if (!Proxies.Contains(peer)) return null;
        return _isRfc7239 ? ReadForwarded(head, peer) : ReadXForwarded(head, peer);
    }

    private ForwardedClient? ReadXForwarded(RequestHead head, PeerAddress peer)
    {
        var nodes = new ForwardedList(head, "x-forwarded-for"u8);
        PeerAddress client = peer;
        int hops = 0;
        while (Proxies.Contains(client) && nodes.MoveNext() && TryParse(nodes.Current, out PeerAddress next))
        {
            client = next;
            hops++;
        }

        // The element that the proxy next to the client added, if each proxy adds one. Often the first proxy sets it, and the others pass
        // it on.
        int number = Math.Max(1, hops);
        var protocols = new ForwardedList(head, "x-forwarded-proto"u8);
        var hosts = new ForwardedList(head, "x-forwarded-host"u8);
        bool? isSecure = protocols.MoveTo(number) ? IsSecure(protocols.Current) : null;
        ReadOnlySpan<byte> host = hosts.MoveTo(number) ? hosts.Current : default;
        return hops == 0 && isSecure is null && host.IsEmpty ? null : new ForwardedClient(client, peer, isSecure, HostFrom(host));
    }

    private ForwardedClient? ReadForwarded(RequestHead head, PeerAddress peer)
    {
        var elements = new ForwardedList(head, "forwarded"u8);
        PeerAddress client = peer;
        ReadOnlySpan<byte> last = default;
        while (Proxies.Contains(client) && elements.MoveNext()
            && ForwardedNode.TryFind(elements.Current, "for"u8, out ReadOnlySpan<byte> node))
        {
            // The proxy may name its client in a way that we do not understand. The rest of what it says still counts.
            last = elements.Current;
            if (!TryParse(node, out PeerAddress next)) break;
            client = next;
        }

        if (last.IsEmpty) return null;
        ForwardedNode.TryFind(last, "proto"u8, out ReadOnlySpan<byte> protocol);
        ForwardedNode.TryFind(last, "host"u8, out ReadOnlySpan<byte> host);
        return new ForwardedClient(client, peer, IsSecure(protocol), HostFrom(host));
    }

    private static bool TryParse(ReadOnlySpan<byte> node, out PeerAddress address)
    {
        Span<byte> bytes = stackalloc byte[IPText.MaxLength];
        bool isRead = ForwardedNode.TryParse(node, bytes, out int length, out ushort port);
        address = isRead ? new PeerAddress(bytes[..length], port) : default;
        return isRead;
    }

    private static bool? IsSecure(ReadOnlySpan<byte> protocol)
    {
        if (ForwardedProtocol.IsEncrypted(protocol)) return true;
        return ForwardedProtocol.IsPlain(protocol) ? false : null;
    }

    private static byte[]? HostFrom(ReadOnlySpan<byte> host) => ForwardedNode.IsHost(host) ? host.ToArray() : null;
}
