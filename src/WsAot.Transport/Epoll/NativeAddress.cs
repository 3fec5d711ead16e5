using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace WsAot.Transport.Epoll;

/// <summary>Reads and writes <c>struct sockaddr_in</c> and <c>sockaddr_in6</c> of Linux.</summary>
[SupportedOSPlatform("linux")]
internal static class NativeAddress
{
    /// <summary>Room for either.</summary>
    public const int MaxLength = 28;

    private const int V4Length = 16;

    public static int Write(Span<byte> destination, IPEndPoint endPoint)
    {
        destination[..MaxLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)endPoint.Port);
        if (endPoint.AddressFamily == AddressFamily.InterNetwork)
        {
            WriteFamily(destination, LibC.AF_INET);
            endPoint.Address.TryWriteBytes(destination[4..], out _);
            return V4Length;
        }

        WriteFamily(destination, LibC.AF_INET6);
        endPoint.Address.TryWriteBytes(destination[8..], out _);
        BitConverter.TryWriteBytes(destination[24..], (uint)endPoint.Address.ScopeId);
        return MaxLength;
    }

    public static PeerAddress Read(ReadOnlySpan<byte> source)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        if (BitConverter.ToUInt16(source) == LibC.AF_INET) return new PeerAddress(source.Slice(4, 4), port);

        // A socket of both families shows an IPv4 peer as ::ffff:a.b.c.d; users expect a.b.c.d.
        ReadOnlySpan<byte> address = source.Slice(8, 16);
        return address.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
            ? new PeerAddress(address[12..], port)
            : new PeerAddress(address, port, BitConverter.ToUInt32(source[24..]));
    }

    private static void WriteFamily(Span<byte> destination, ushort family) => BitConverter.TryWriteBytes(destination, family);
}
