using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace WsAot.Transport.Epoll;

/// <summary>
/// Reads and writes <c>struct sockaddr_in</c>, <c>sockaddr_in6</c> and <c>sockaddr_un</c> of Linux.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class NativeAddress
{
    /// <summary>The size of an IP address. This holds enough of a Unix socket's address to recognize its family.</summary>
    public const int IPLength = 28;

    /// <summary>The size of the largest of them.</summary>
    public const int MaxLength = 110;

    private const int V4Length = 16;

    /// <summary>The domain to pass to <c>socket</c>.</summary>
    public static int DomainOf(EndPoint endPoint) => endPoint.AddressFamily switch
    {
        AddressFamily.Unix => LibC.AF_UNIX,
        AddressFamily.InterNetwork => LibC.AF_INET,
        _ => LibC.AF_INET6,
    };

    public static int Write(Span<byte> destination, EndPoint endPoint) =>
        endPoint is UnixEndPoint unix ? Write(destination, unix) : Write(destination, (IPEndPoint)endPoint);

    public static int Write(Span<byte> destination, UnixEndPoint endPoint)
    {
        destination[..MaxLength].Clear();
        WriteFamily(destination, LibC.AF_UNIX);
        int length = 2 + Encoding.UTF8.GetBytes(endPoint.Name, destination[2..]);
        // An abstract name begins with a NUL and has no end mark (unix(7)).
        if (endPoint.IsAbstract) destination[2] = 0;
        else length++;
        return length;
    }

    private static int Write(Span<byte> destination, IPEndPoint endPoint)
    {
        destination[..IPLength].Clear();
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
        return IPLength;
    }

    /// <summary>Reads the address of a listener; null if it is of another family.</summary>
    public static EndPoint? ReadEndPoint(ReadOnlySpan<byte> source) => BitConverter.ToUInt16(source) switch
    {
        LibC.AF_INET or LibC.AF_INET6 => Read(source).ToIPEndPoint(),
        LibC.AF_UNIX when source.Length > 2 => new UnixEndPoint(
            (source[2] == 0 ? "@" : "") + Encoding.UTF8.GetString(source[(source[2] == 0 ? 3 : 2)..].TrimEnd((byte)0))),
        _ => null,
    };

    /// <summary>Reads the address of a peer; the default value for a peer at a Unix socket.</summary>
    public static PeerAddress Read(ReadOnlySpan<byte> source)
    {
        if (BitConverter.ToUInt16(source) == LibC.AF_UNIX) return default;
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
