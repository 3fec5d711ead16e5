using System.Buffers.Binary;
using WsAot.Transport;

namespace WsAot.Limits;

/// <summary>
/// What counts as one address: an IPv4 address, or the first 64 bits of an IPv6 address, because one host or home owns all addresses that
/// begin with them.
/// </summary>
internal static class AddressKey
{
    /// <summary>No address to limit, such as that of a Unix socket.</summary>
    public const ulong None = 0;

    private const int V4Bytes = 4;
    private const int V6Bytes = 16;
    private const int MappedPrefixBytes = 12;

    // IPv4 addresses lie in 0:ffff::/32, a part of 0000::/8, in which no address is ever given out (RFC 4291 section 2.4).
    private const ulong V4 = 0x0000_FFFF_0000_0000;

    // Instead of 0 for ::/64, where ::1 is.
    private const ulong LowestNetwork = 1;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    public static ulong Of(PeerAddress address)
    {
        Span<byte> buffer = stackalloc byte[V6Bytes];
        ReadOnlySpan<byte> bytes = buffer[..address.CopyTo(buffer)];
        if (bytes.Length == V6Bytes && bytes.StartsWith(MappedPrefix)) bytes = bytes[MappedPrefixBytes..];
        if (bytes.Length == V4Bytes) return V4 | BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return bytes.Length == V6Bytes ? Math.Max(BinaryPrimitives.ReadUInt64BigEndian(bytes), LowestNetwork) : None;
    }
}
