using System.Net;
using WsAot.Server;

namespace WsAot.Tests.Server;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("ws://127.0.0.1:8080", "ws://127.0.0.1:8080")]
    [InlineData("WS://127.0.0.1:0/", "ws://127.0.0.1:0")]
    [InlineData("ws://localhost:65535", "ws://127.0.0.1:65535")]
    [InlineData("ws://LocalHost:1", "ws://127.0.0.1:1")]
    [InlineData("ws://[::1]:80", "ws://[::1]:80")]
    [InlineData("ws://0.0.0.0:80", "ws://0.0.0.0:80")]
    [InlineData("WSS://0.0.0.0:443/", "wss://0.0.0.0:443")]
    [InlineData("wss://[::1]:0", "wss://[::1]:0")]
    [InlineData(" ws://127.0.0.1:1 ; wss://127.0.0.1:2;", "ws://127.0.0.1:1 wss://127.0.0.1:2")]
    public void Addresses_are_understood(string urls, string expected) =>
        Assert.Equal(expected, string.Join(' ', ListenAddress.ParseAll(urls)));

    [Theory]
    [InlineData("ws://*:80")]
    [InlineData("ws://+:80")]
    [InlineData("wss://*:443")]
    public void A_star_is_every_address(string url)
    {
        IPAddress address = Assert.Single(ListenAddress.ParseAll(url)).EndPoint.Address;
        Assert.True(address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
    }

    [Theory]
    [InlineData("", "no address is named")]
    [InlineData(" ; ", "no address is named")]
    [InlineData("127.0.0.1:80", "it must begin with ws:// or wss://")]
    [InlineData("https://127.0.0.1:80", "it must begin with ws://")]
    [InlineData("wss://127.0.0.1", "it must name a port")]
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
}
