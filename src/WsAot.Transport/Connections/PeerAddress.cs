using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace WsAot.Transport;

/// <summary>
/// The address of a peer, in 24 bytes: a server may hold a hundred thousand of them, and an <see cref="IPEndPoint"/> takes over 100. The
/// default value is that of a peer at a Unix socket, which has none.
/// </summary>
public readonly struct PeerAddress
{
    private readonly UInt128Bytes _address;
    private readonly uint _scopeId;
    private readonly ushort _port;
    private readonly byte _length;
    private readonly bool _isRelay;

    /// <summary>Copies an address.</summary>
    /// <param name="address">4 bytes (IPv4) or 16 (IPv6), in network order.</param>
    /// <param name="port">0 to 65,535.</param>
    /// <param name="scopeId">The IPv6 scope of a link-local address, else 0.</param>
    public PeerAddress(ReadOnlySpan<byte> address, ushort port, uint scopeId = 0)
    {
        address.CopyTo(_address);
        _length = (byte)address.Length;
        _port = port;
        _scopeId = scopeId;
    }

    /// <summary>Copies an end point.</summary>
    public PeerAddress(IPEndPoint endPoint)
    {
        IPAddress address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        address.TryWriteBytes(_address, out int length);
        _length = (byte)length;
        _port = (ushort)endPoint.Port;
        _scopeId = address.AddressFamily == AddressFamily.InterNetworkV6 ? (uint)address.ScopeId : 0;
    }

    private PeerAddress(PeerAddress other, bool isRelay)
    {
        this = other;
        _isRelay = isRelay;
    }

    /// <summary>Whether there is an IP address: a peer at a Unix socket has none.</summary>
    public bool HasIPAddress => _length > 0;

    /// <summary>Whether this is the address of a proxy that did not say for whom it speaks.</summary>
    public bool IsRelay => _isRelay;

    /// <summary>The same address as that of a proxy that did not say for whom it speaks.</summary>
    public PeerAddress AsRelay() => new(this, isRelay: true);

    /// <summary>Copies the IP address in network order.</summary>
    /// <param name="destination">16 bytes or more.</param>
    /// <returns>Its length: 4, 16, or 0 if there is none.</returns>
    public int CopyTo(Span<byte> destination)
    {
        ((ReadOnlySpan<byte>)_address)[.._length].CopyTo(destination);
        return _length;
    }

    /// <summary>Creates an <see cref="IPEndPoint"/> with this address; 0.0.0.0:0 if there is none.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlySpan<byte>)_address)[..(_length == 0 ? 4 : _length)];
        return new IPEndPoint(bytes.Length == 16 ? new IPAddress(bytes, _scopeId) : new IPAddress(bytes), _port);
    }

    /// <summary>Returns the address and the port for a log line; <c>unix:</c> if there is none.</summary>
    public override string ToString() => HasIPAddress ? ToIPEndPoint().ToString() : "unix:";

    [InlineArray(16)]
    private struct UInt128Bytes
    {
        private byte _first;
    }
}
