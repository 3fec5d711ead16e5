using System.Net;
using WsAot.Server;

namespace WsAot.Tests.Server;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("ws://127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("WS://127.0.0.1:0/", "127.0.0.1:0")]
    [InlineData("ws://localhost:65535", "127.0.0.1:65535")]
    [InlineData("ws://LocalHost:1", "127.0.0.1:1")]
    [InlineData("ws://[::1]:80", "[::1]:80")]
    [InlineData("ws://0.0.0.0:80", "0.0.0.0:80")]
    [InlineData(" ws://127.0.0.1:1 ; ws://127.0.0.1:2;", "127.0.0.1:1 127.0.0.1:2")]
    public void Addresses_are_understood(string urls, string expected) =>
        Assert.Equal(expected, string.Join(' ', ListenAddress.ParseAll(urls)));

    [Theory]
    [InlineData("ws://*:80")]
    [InlineData("ws://+:80")]
    public void A_star_is_every_address(string url)
    {
        IPAddress address = Assert.Single(ListenAddress.ParseAll(url)).Address;
        Assert.True(address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
    }

    [Theory]
    [InlineData("", "no address is named")]
    [InlineData(" ; ", "no address is named")]
    [InlineData("127.0.0.1:80", "it must begin with ws://")]
    [InlineData("http://127.0.0.1:80", "it must begin with ws://")]
    [InlineData("wss://127.0.0.1:80", "TLS is not there yet")]
    [InlineData("ws://127.0.0.1", "it must name a port")]
    [InlineData("ws://[::1]", "it must name a port")]
    [InlineData("ws://127.0.0.1:65536", "the port must be 0 to 65535")]
    [InlineData("ws://127.0.0.1:-1", "the port must be 0 to 65535")]
    [InlineData("ws://127.0.0.1:80/path", "it must not have a path")]
    [InlineData("ws://::1:80", "the host must be an IP address")]
    [InlineData("ws://example.com:80", "the host must be an IP address")]
    [InlineData("ws://1:80", "the host must be an IP address")]
    public void What_is_wrong_is_said(string urls, string message)
    {
        string found = Assert.Throws<ArgumentException>(() => ListenAddress.ParseAll(urls)).Message;
        Assert.StartsWith("Urls: ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_as_it_is_read() =>
        Assert.Equal("ws://[::1]:80", ListenAddress.Format(new IPEndPoint(IPAddress.IPv6Loopback, 80)));
}
