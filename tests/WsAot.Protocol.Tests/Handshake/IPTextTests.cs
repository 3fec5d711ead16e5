using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class IPTextTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("2001:DB8::8:800:200c:417a", "2001:db8::8:800:200c:417a")]
    [InlineData("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::FFFF:c000:201", "192.0.2.1")]
    [InlineData("0:0:0:0:0:ffff:c000:201", "192.0.2.1")]
    public void An_address_is_read(string text, string expected) => Assert.Equal(IPAddress.Parse(expected), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.0x4")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.+4")]
    [InlineData("1.2.3.99999999999")]
    [InlineData("localhost")]
    [InlineData("unknown")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("::1.2.3")]
    [InlineData("1.2.3.4::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::1.2.3.4:5")]
    public void Anything_else_is_not_an_address(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Whatever_address_there_is_its_text_is_read()
    {
        var random = new Random(1);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 20_000; i++)
        {
            Span<byte> some = bytes.AsSpan(0, i % 2 == 0 ? 16 : 4);
            random.NextBytes(some);
            // Runs of zeros, which the text leaves out.
            some.Slice(random.Next(some.Length), 1).Clear();
            if (i % 3 == 0) some[random.Next(some.Length)..].Clear();
            if (i % 5 == 0) some[..random.Next(some.Length)].Clear();
            var address = new IPAddress(some);
            Assert.Equal(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Parse(address.ToString()));
        }
    }

    [Fact]
    public void What_is_no_address_to_others_is_none_here()
    {
        const string Characters = "0123456789abcdef::::....%[] x";
        var random = new Random(2);
        for (int i = 0; i < 50_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Characters[random.Next(Characters.Length)]));
            if (Parse(text) is not { } address) continue;
            Assert.True(IPAddress.TryParse(text, out IPAddress? other), text);
            Assert.Equal(other.IsIPv4MappedToIPv6 ? other.MapToIPv4() : other, address);
        }
    }

    private static IPAddress? Parse(string text)
    {
        Span<byte> address = stackalloc byte[IPText.MaxLength];
        if (!IPText.TryParse(Encoding.ASCII.GetBytes(text), address, out int length)) return null;
        var result = new IPAddress(address[..length]);
        Assert.True(result.AddressFamily == AddressFamily.InterNetwork == (length == 4));
        return result;
    }
}
