using System.Net;
using System.Text;
using WsAot.Protocol.Handshake;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class ForwardedNodeTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:0")]
    [InlineData("192.0.2.1:4711", "192.0.2.1:4711")]
    [InlineData("2001:db8::1", "[2001:db8::1]:0")]
    [InlineData("[2001:db8::1]", "[2001:db8::1]:0")]
    [InlineData("[2001:db8::1]:65535", "[2001:db8::1]:65535")]
    [InlineData("[::ffff:192.0.2.1]:1", "192.0.2.1:1")]
    [InlineData("unknown", null)]
    [InlineData("_hidden", null)]
    [InlineData("", null)]
    [InlineData("192.0.2.1:", null)]
    [InlineData("192.0.2.1:65536", null)]
    [InlineData("192.0.2.1:_port", null)]
    [InlineData("192.0.2.1:08", null)]
    [InlineData("[192.0.2.1]", null)]
    [InlineData("[2001:db8::1", null)]
    [InlineData("2001:db8::1]", null)]
    [InlineData("[]", null)]
    [InlineData("[2001:db8::1]x", null)]
    [InlineData("\"192.0.2.1\"", null)]
    public void Rfc7239_section_6_a_node_is_an_address_with_a_port_or_without(string node, string? expected)
    {
        Span<byte> address = stackalloc byte[IPText.MaxLength];
        bool isRead = ForwardedNode.TryParse(Encoding.ASCII.GetBytes(node), address, out int length, out ushort port);
        Assert.Equal(expected, isRead ? new IPEndPoint(new IPAddress(address[..length]), port).ToString() : null);
    }

    [Theory]
    [InlineData("for=192.0.2.1", "192.0.2.1")]
    [InlineData("For=\"[2001:db8::1]:4711\"", "[2001:db8::1]:4711")]
    [InlineData("proto=https;FOR=192.0.2.1;by=203.0.113.43", "192.0.2.1")]
    [InlineData("by=\"a;for=b\";for=c", "c")]
    [InlineData("for=c ; proto=http", "c")]
    [InlineData("for=c;", "c")]
    [InlineData("for=\"\"", "")]
    [InlineData("for=", "")]
    [InlineData("proto=https", "")]
    [InlineData("", "")]
    [InlineData("for", null)]
    [InlineData("for =c", null)]
    [InlineData("=c", null)]
    [InlineData("for=a;for=b", null)]
    [InlineData("for=\"a", null)]
    [InlineData("for=\"a\\\"b\"", null)]
    [InlineData("for=\"a\\\"", null)]
    [InlineData("for=\"\\\";host=\"\"", null)]
    [InlineData("for=\"a\"b", null)]
    [InlineData("for=[2001:db8::1]", null)]
    [InlineData("for=a;;proto=b", null)]
    [InlineData("for=a,proto=b", null)]
    public void Rfc7239_section_4_an_element_has_pairs(string element, string? expected)
    {
        bool isGood = ForwardedNode.TryFind(Encoding.ASCII.GetBytes(element), "for"u8, out ReadOnlySpan<byte> value);
        Assert.Equal(expected, isGood ? Encoding.ASCII.GetString(value) : null);
    }

    [Fact]
    public void Any_bytes_end()
    {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (byte)"for=\";,\\ [:].1a"[random.Next(15)])];
            ForwardedNode.TryFind(bytes, "for"u8, out _);
            ForwardedNode.TryParse(bytes, new byte[16], out _, out _);
        }
    }
}
