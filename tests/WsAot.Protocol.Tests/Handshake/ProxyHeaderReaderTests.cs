using System.Buffers.Binary;
using System.Net;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

/// <summary>The sections are those of HAProxy's proxy-protocol.txt.</summary>
public sealed class ProxyHeaderReaderTests
{
    private const string Behind = "GET / HTTP/1.1\r\n\r\n\x16\x03";

    private static readonly byte[] s_signature = "\r\n\r\n\0\r\nQUIT\n"u8.ToArray();

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n", "192.0.2.1:56324")]
    [InlineData("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535")]
    [InlineData("PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n", "0.0.0.0:0")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 4711 8080\r\n", "[2001:db8::1]:4711")]
    [InlineData("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "192.0.2.1:1")]
    [InlineData(
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n",
        "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535")]
    [InlineData("PROXY UNKNOWN\r\n", "Unknown")]
    [InlineData("PROXY UNKNOWN whatever there is \0 \r\r\n", "Unknown")]
    [InlineData(
        "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", "Unknown")]
    public void Section_2_1_a_line_names_the_client(string line, string expected) => AssertRead(Request.Bytes(line), expected);

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 \r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 1\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1\r\n")]
    [InlineData("PROXY TCP4\r\n")]
    [InlineData("PROXY TCP4  192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY  TCP4 192.0.2.1 198.51.100.2 56324 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 056324 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1 99999\r\n")]
    [InlineData("PROXY TCP4 192.0.2.01 198.51.100.2 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.256 198.51.100.2 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 example.com 1 2\r\n")]
    [InlineData("PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n")]
    [InlineData("PROXY TCP6 192.0.2.1 198.51.100.2 1 2\r\n")]
    [InlineData("PROXY TCP6 2001:db8::1 198.51.100.2 1 2\r\n")]
    [InlineData("PROXY TCP6 2001:db8::1%eth0 2001:db8::2 1 2\r\n")]
    [InlineData("PROXY tcp4 192.0.2.1 198.51.100.2 1 2\r\n")]
    [InlineData("PROXY UDP4 192.0.2.1 198.51.100.2 1 2\r\n")]
    [InlineData("PROXY UNKNOWNS\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY \n")]
    public void Section_2_1_a_line_that_is_wrong_is_refused(string line) =>
        Assert.Equal(ProxyHeaderStatus.Malformed, Read(Request.Bytes(line)).Status);

    [Fact]
    public void Section_2_1_a_line_has_107_bytes_at_most()
    {
        string line = "PROXY UNKNOWN " + new string('x', 107 - 16) + "\r\n";
        Assert.Equal(107, line.Length);
        AssertRead(Request.Bytes(line), "Unknown");
        Assert.Equal((ProxyHeaderStatus.Malformed, "", 107), Read(Request.Bytes(line.Replace("\r\n", "x\r\n"))));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", 1)]
    [InlineData("PROXIED", 5)]
    [InlineData("proxy TCP4", 1)]
    [InlineData("\x16\x03\x01", 1)]
    [InlineData("\r\nGET", 3)]
    [InlineData("\r\n\r\n\0\r\nQUIT\r", 12)]
    public void What_is_no_such_header_is_known_at_its_first_wrong_byte(string text, int taken) =>
        Assert.Equal((ProxyHeaderStatus.NotAProxyHeader, "", taken), Read(Request.Bytes(text)));

    [Fact]
    public void Section_2_2_the_addresses_are_in_binary()
    {
        AssertRead(Binary(0x21, 0x11, V4()), "192.0.2.1:56324");
        AssertRead(Binary(0x21, 0x21, V6("2001:db8::1")), "[2001:db8::1]:4711");
        AssertRead(Binary(0x21, 0x21, V6("::ffff:192.0.2.1")), "192.0.2.1:4711");
    }

    [Fact]
    public void Section_2_2_of_other_families_and_of_datagrams_nothing_is_known()
    {
        AssertRead(Binary(0x21, 0x00, []), "Unknown");
        AssertRead(Binary(0x21, 0x00, new byte[40]), "Unknown");
        AssertRead(Binary(0x21, 0x12, V4()), "Unknown");
        AssertRead(Binary(0x21, 0x22, V6("2001:db8::1")), "Unknown");
        AssertRead(Binary(0x21, 0x31, new byte[216]), "Unknown");
        AssertRead(Binary(0x21, 0x32, new byte[216]), "Unknown");
    }

    [Fact]
    public void Section_2_2_LOCAL_is_the_proxy_itself_whatever_the_rest_says()
    {
        AssertRead(Binary(0x20, 0x00, []), "Proxy");
        AssertRead(Binary(0x20, 0x11, V4()), "Proxy");
        AssertRead(Binary(0x20, 0xFF, [1, 2, 3]), "Proxy");
        AssertRead(Binary(0x20, 0x21, []), "Proxy");
    }

    [Fact]
    public void Section_2_2_extensions_are_skipped_however_long()
    {
        AssertRead(Binary(0x21, 0x11, [.. V4(), 0x04, 0, 1, 0]), "192.0.2.1:56324");
        AssertRead(Binary(0x21, 0x21, [.. V6("2001:db8::1"), .. new byte[ushort.MaxValue - 36]]), "[2001:db8::1]:4711");
        AssertRead(Binary(0x20, 0x00, new byte[ushort.MaxValue]), "Proxy");
    }

    [Theory]
    [InlineData(0x22, 0x11, 12)]
    [InlineData(0x2F, 0x11, 12)]
    [InlineData(0x11, 0x11, 12)]
    [InlineData(0x31, 0x11, 12)]
    [InlineData(0x01, 0x11, 12)]
    [InlineData(0x21, 0x10, 12)]
    [InlineData(0x21, 0x13, 12)]
    [InlineData(0x21, 0x01, 12)]
    [InlineData(0x21, 0x41, 216)]
    [InlineData(0x21, 0xFF, 216)]
    [InlineData(0x21, 0x11, 11)]
    [InlineData(0x21, 0x11, 0)]
    [InlineData(0x21, 0x12, 11)]
    [InlineData(0x21, 0x21, 35)]
    [InlineData(0x21, 0x31, 215)]
    public void Section_2_2_another_version_command_or_family_or_too_short_a_block_is_refused(int command, int family, int length) =>
        Assert.Equal(ProxyHeaderStatus.Malformed, Read(Binary(command, family, new byte[length])).Status);

    [Fact]
    public void An_incomplete_header_needs_more_at_every_byte()
    {
        foreach (byte[] header in new[] { "PROXY TCP4 192.0.2.1 198.51.100.2 1 2\r\n"u8.ToArray(), Binary(0x21, 0x11, [.. V4(), 1, 0, 0]) })
        {
            for (int length = 0; length < header.Length; length++)
            {
                var reader = default(ProxyHeaderReader);
                Assert.Equal(ProxyHeaderStatus.NeedMoreData, reader.Read(header.AsSpan(0, length), out int taken));
                Assert.Equal(length, taken);
            }
        }
    }

    [Fact]
    public void Any_bytes_end()
    {
        var random = new Random(4);
        byte[][] starts = [[], "PROXY "u8.ToArray(), "PROXY TCP4 "u8.ToArray(), s_signature, [.. s_signature, 0x21, 0x11, 0, 12]];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] rest = new byte[random.Next(150)];
            random.NextBytes(rest);
            if (i % 2 == 0) rest = [.. rest.Select(value => (byte)"0123456789. :\r\n"[value % 15])];
            Read([.. starts[i % starts.Length], .. rest]);
        }
    }

    private static void AssertRead(byte[] header, string expected) =>
        Assert.Equal((ProxyHeaderStatus.Done, expected, header.Length), Read([.. header, .. Request.Bytes(Behind)]));

    /// <summary>Reads bytes whole, byte by byte and split at random; all must agree.</summary>
    private static (ProxyHeaderStatus Status, string Source, int Taken) Read(byte[] bytes)
    {
        (ProxyHeaderStatus Status, string Source, int Taken) whole = Run(bytes, () => bytes.Length);
        Assert.Equal(whole, Run(bytes, static () => 1));
        var random = new Random(5);
        for (int i = 0; i < 3; i++) Assert.Equal(whole, Run(bytes, () => random.Next(1, 30)));
        return whole;
    }

    private static (ProxyHeaderStatus Status, string Source, int Taken) Run(byte[] bytes, Func<int> next)
    {
        var reader = default(ProxyHeaderReader);
        ProxyHeaderStatus status = ProxyHeaderStatus.NeedMoreData;
        int at = 0;
        while (at < bytes.Length && status == ProxyHeaderStatus.NeedMoreData)
        {
            int length = Math.Min(next(), bytes.Length - at);
            status = reader.Read(bytes.AsSpan(at, length), out int taken);
            Assert.True(taken == length || status != ProxyHeaderStatus.NeedMoreData);
            at += taken;
        }

        if (status != ProxyHeaderStatus.NeedMoreData) Assert.Equal((status, 0), (reader.Read(bytes, out int more), more));
        return (status, status == ProxyHeaderStatus.Done ? Describe(reader) : "", at);
    }

    private static string Describe(ProxyHeaderReader reader)
    {
        if (reader.Source != ProxySource.Address) return reader.Source.ToString();
        Span<byte> address = stackalloc byte[IPText.MaxLength];
        return new IPEndPoint(new IPAddress(address[..reader.CopySource(address)]), reader.SourcePort).ToString();
    }

    private static byte[] Binary(int command, int family, byte[] block)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)block.Length);
        return [.. s_signature, (byte)command, (byte)family, .. length, .. block];
    }

    private static byte[] V4() => [192, 0, 2, 1, 198, 51, 100, 2, 56324 >> 8, 56324 & 0xFF, 1, 187];

    private static byte[] V6(string source) =>
        [.. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse("2001:db8::2").GetAddressBytes(), 4711 >> 8, 4711 & 0xFF, 1, 187];
}
