using System.Buffers.Binary;
using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Fuzz.Proxies;

/// <summary>Reads the bytes at the beginning of a connection as a whole (HAProxy's <c>proxy-protocol.txt</c>).</summary>
/// <param name="Status">Whether the bytes are a header.</param>
/// <param name="Length">The length of the header; 0 if there is none, or if it is incomplete.</param>
/// <param name="Source">Whose connection the header describes.</param>
/// <param name="Address">The client's address; null: the header has none.</param>
/// <param name="Port">The client's port.</param>
internal sealed record NaiveProxyHeader(
    ProxyHeaderStatus Status, int Length = 0, ProxySource Source = default, byte[]? Address = null, int Port = 0)
{
    private const int MaxLineLength = 107;

    private static readonly NaiveProxyHeader s_incomplete = new(ProxyHeaderStatus.NeedMoreData);
    private static readonly NaiveProxyHeader s_malformed = new(ProxyHeaderStatus.Malformed);

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    public static NaiveProxyHeader Read(byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes.Length > 0 && bytes[0] == '\r' ? Signature : "PROXY "u8;
        int common = bytes.AsSpan().CommonPrefixLength(start);
        if (common < Math.Min(bytes.Length, start.Length)) return new NaiveProxyHeader(ProxyHeaderStatus.NotAProxyHeader);
        if (bytes.Length <= start.Length) return s_incomplete;
        return bytes[0] == '\r' ? ReadBinary(bytes) : ReadLine(bytes);
    }

    public override string ToString() => Status == ProxyHeaderStatus.Done
        ? $"a header of {Length} bytes from {Source}, {(Address is null ? "" : Convert.ToHexString(Address))} port {Port}"
        : Status.ToString();

    private static NaiveProxyHeader ReadLine(byte[] bytes)
    {
        int end = bytes.AsSpan(0, Math.Min(bytes.Length, MaxLineLength)).IndexOf((byte)'\n');
        if (end < 0) return bytes.Length < MaxLineLength ? s_incomplete : s_malformed;
        string line = Encoding.Latin1.GetString(bytes.AsSpan(0, end));
        if (!line.EndsWith('\r')) return s_malformed;
        string[] words = line[..^1].Split(' ');
        if (words[1] == "UNKNOWN") return new NaiveProxyHeader(ProxyHeaderStatus.Done, end + 1, ProxySource.Unknown);
        if (words.Length != 6 || words[1] is not ("TCP4" or "TCP6")) return s_malformed;
        bool isV6 = words[1] == "TCP6";
        if (words[2].Contains(':') != isV6 || words[3].Contains(':') != isV6) return s_malformed;
        (byte[]? source, byte[]? target) = (NaiveAddress.Parse(words[2]), NaiveAddress.Parse(words[3]));
        (int? port, int? targetPort) = (NaiveAddress.ParsePort(words[4]), NaiveAddress.ParsePort(words[5]));
        return source is null || target is null || port is null || targetPort is null
            ? s_malformed
            : new NaiveProxyHeader(ProxyHeaderStatus.Done, end + 1, ProxySource.Address, source, port.Value);
    }

    private static NaiveProxyHeader ReadBinary(byte[] bytes)
    {
        byte command = bytes[12];
        if (command is not (0x20 or 0x21)) return s_malformed;
        if (bytes.Length < 16) return s_incomplete;
        int block = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(14));
        int needed = bytes[13] switch
        {
            0x00 => 0,
            0x11 or 0x12 => 12,
            0x21 or 0x22 => 36,
            0x31 or 0x32 => 216,
            _ => int.MaxValue,
        };
        if (command == 0x21 && block < needed) return s_malformed;
        if (bytes.Length < 16 + block) return s_incomplete;
        if (command == 0x20) return new NaiveProxyHeader(ProxyHeaderStatus.Done, 16 + block, ProxySource.Proxy);
        if (bytes[13] is not (0x11 or 0x21)) return new NaiveProxyHeader(ProxyHeaderStatus.Done, 16 + block, ProxySource.Unknown);
        int length = bytes[13] == 0x11 ? 4 : 16;
        byte[] address = bytes[16..(16 + length)];
        bool isMapped = length == 16 && address.AsSpan(0, 10).IndexOfAnyExcept((byte)0) < 0 && address[10] == 0xFF && address[11] == 0xFF;
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(16 + (2 * length)));
        return new NaiveProxyHeader(
            ProxyHeaderStatus.Done, 16 + block, ProxySource.Address, isMapped ? address[12..] : address, port);
    }
}
