using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace WsAot.Transport;

/// <summary>
/// The address of a peer, in 24 bytes: a server may hold a hundred thousand of them, and an <see cref="IPEndPoint"/> takes over 100.
/// </summary>
public readonly struct PeerAddress
{
    private readonly UInt128Bytes _address;
    private readonly uint _scopeId;
    private readonly ushort _port;
    private readonly byte _length;

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

    /// <summary>Writes the address without its port: 4 bytes (IPv4) or 16 (IPv6), in network order; none if there is no address.</summary>
    /// <param name="destination">16 bytes.</param>
    /// <returns>The bytes that were written.</returns>
    public int WriteAddress(Span<byte> destination)
    {
        ((ReadOnlySpan<byte>)_address)[.._length].CopyTo(destination);
        return _length;
    }

    /// <summary>Creates an <see cref="IPEndPoint"/> with this address.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        ReadOnlySpan<byte> bytes = ((ReadOnlySpan<byte>)_address)[..(_length == 0 ? 4 : _length)];
        return new IPEndPoint(bytes.Length == 16 ? new IPAddress(bytes, _scopeId) : new IPAddress(bytes), _port);
    }

    [InlineArray(16)]
    private struct UInt128Bytes
    {
        private byte _first;
    }
}
