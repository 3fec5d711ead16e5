using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport;

/// <summary>
/// The address of a peer, in 16 bytes: a server may hold a hundred thousand of them, and an <see cref="IPEndPoint"/> takes over 100. The
/// default value is that of a peer at a Unix socket, which has none.
/// </summary>
public readonly struct PeerAddress
{
    private const int V4Bytes = 4;

    // Most peers have IPv4, which is stored inline. An IPv6 address has its own array, and its scope takes the place of the IPv4 address.
    private readonly byte[]? _v6;
    private readonly uint _v4OrScope;
    private readonly ushort _port;
    private readonly byte _length;
    private readonly bool _isRelay;

    /// <summary>Copies an address.</summary>
    /// <param name="address">4 bytes (IPv4) or 16 (IPv6), in network order.</param>
    /// <param name="port">0 to 65,535.</param>
    /// <param name="scopeId">The IPv6 scope of a link-local address, else 0.</param>
    public PeerAddress(ReadOnlySpan<byte> address, ushort port, uint scopeId = 0)
    {
        if (address.Length == V4Bytes) _v4OrScope = BinaryPrimitives.ReadUInt32BigEndian(address);
        else if (address.Length > 0) (_v6, _v4OrScope) = (address.ToArray(), scopeId);
        _length = (byte)address.Length;
        _port = port;
    }

    /// <summary>Copies an end point.</summary>
    public PeerAddress(IPEndPoint endPoint)
        : this(Unmapped(endPoint.Address).GetAddressBytes(), (ushort)endPoint.Port, ScopeOf(endPoint.Address))
    {
    }

    private PeerAddress(PeerAddress other, bool isRelay)
    {
        this = other;
        _isRelay = isRelay;
    }

    /// <summary>Whether there is an IP address: a peer at a Unix socket has none.</summary>
    public bool HasIPAddress => _length > 0;

    /// <summary>Whether this is the address of a proxy that did not name its client.</summary>
    public bool IsRelay => _isRelay;

    /// <summary>The same address, marked as that of a proxy that did not name its client.</summary>
    public PeerAddress AsRelay() => new(this, isRelay: true);

    /// <summary>Copies the IP address in network order.</summary>
    /// <param name="destination">16 bytes or more.</param>
    /// <returns>Its length: 4, 16, or 0 if there is none.</returns>
    public int CopyTo(Span<byte> destination)
    {
        if (_v6 is not null) _v6.CopyTo(destination);
        else if (HasIPAddress) BinaryPrimitives.WriteUInt32BigEndian(destination, _v4OrScope);
        return _length;
    }

    /// <summary>Creates an <see cref="IPEndPoint"/> with this address; 0.0.0.0:0 if there is none.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        if (_v6 is not null) return new IPEndPoint(new IPAddress(_v6, _v4OrScope), _port);
        Span<byte> bytes = stackalloc byte[V4Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _v4OrScope);
        return new IPEndPoint(new IPAddress(bytes), _port);
    }

    /// <summary>Returns the address and the port for a log line; <c>unix:</c> if there is none.</summary>
    public override string ToString() => HasIPAddress ? ToIPEndPoint().ToString() : "unix:";

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static uint ScopeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? (uint)address.ScopeId : 0;
}
