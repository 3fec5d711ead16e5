using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// Reads what proxies say of their clients, from the proxy next to us back to the client, and stops at the first address that is not that
/// of a trusted proxy: whatever stands before it was written by somebody else. What cannot be read is not believed, nor what is before it.
/// Immutable.
/// </summary>
internal sealed class ForwardedPolicy
{
    public const string XForwarded = "x-forwarded";
    public const string Forwarded = "forwarded";

    private readonly bool _isRfc7239;

    /// <exception cref="ArgumentException">A proxy in the options cannot be read; the message says which.</exception>
    public ForwardedPolicy(WsServerOptions options)
    {
        Proxies = new TrustedProxies(options.TrustedProxies);
        _isRfc7239 = options.ForwardedHeaders.Equals(Forwarded, StringComparison.OrdinalIgnoreCase);
    }

    public TrustedProxies Proxies { get; }

    /// <summary>What a request's headers say of its client; null if the peer's word does not count, or it says nothing.</summary>
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

        // The element that the proxy next to the client has added, if each adds one; often the first proxy sets it, and the others pass it.
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
            // The proxy may say of its client what we do not understand; what else it says is believed.
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
