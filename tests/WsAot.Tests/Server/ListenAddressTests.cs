using System.Net;
using WsAot.Server;

namespace WsAot.Tests.Server;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("ws://127.0.0.1:8080", "ws://127.0.0.1:8080")]
    [InlineData("WS://127.0.0.1:0/", "ws://127.0.0.1:0")]
    [InlineData("ws://localhost:65535", "ws://localhost:65535")]
    [InlineData("ws://LocalHost:1", "ws://localhost:1")]
    [InlineData("ws://unix:/run/wsaot.sock", "ws://unix:/run/wsaot.sock")]
    [InlineData("WSS://UNIX:/run/Wsaot.sock", "wss://unix:/run/Wsaot.sock")]
    [InlineData("ws://unix:@name", "ws://unix:@name")]
    [InlineData("ws://127.0.0.1:1?proxy-protocol;ws://unix:/a?Proxy-Protocol", "ws://127.0.0.1:1 ws://unix:/a")]
    [InlineData("ws://[fe80::1%1]:80", "ws://[fe80::1%1]:80")]
    [InlineData("ws://[fe80::1%lo]:80", "ws://[fe80::1%1]:80")]
    [InlineData("ws://127.0.0.1:0;ws://127.0.0.1:0;ws://*:0", "ws://127.0.0.1:0 ws://127.0.0.1:0 ws://[::]:0")]
    [InlineData("ws://127.0.0.1:1;ws://127.0.0.2:1;ws://[::1]:1", "ws://127.0.0.1:1 ws://127.0.0.2:1 ws://[::1]:1")]
    [InlineData("ws://0.0.0.0:1;ws://[::1]:1", "ws://0.0.0.0:1 ws://[::1]:1")]
    [InlineData("ws://unix:/a;ws://unix:/b;ws://unix:@/a", "ws://unix:/a ws://unix:/b ws://unix:@/a")]
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
        IPAddress address = Assert.IsType<IPEndPoint>(Assert.Single(ListenAddress.ParseAll(url)).EndPoint).Address;
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
    [InlineData("ws://[fe80::1%nosuch0]:80", "this machine has no such interface")]
    [InlineData("ws://unix:", "unix: needs an absolute path, or @ and a name")]
    [InlineData("ws://unix:run/a.sock", "unix: needs an absolute path, or @ and a name")]
    [InlineData("ws://unix:/", "unix: needs an absolute path, or @ and a name")]
    [InlineData("ws://unix:@", "the path must have 2 to 107 bytes")]
    [InlineData("ws://127.0.0.1:80?x", "only proxy-protocol is allowed")]
    [InlineData("ws://127.0.0.1:80?proxy-protocol=true", "only proxy-protocol is allowed")]
    [InlineData("ws://127.0.0.1:80;wss://127.0.0.1:80", "'wss://127.0.0.1:80' cannot be used: 'ws://127.0.0.1:80' already listens there")]
    [InlineData("ws://127.0.0.1:80;ws://0.0.0.0:80", "'ws://127.0.0.1:80' already listens there")]
    [InlineData("ws://0.0.0.0:80;ws://127.0.0.1:80", "'ws://0.0.0.0:80' already listens there")]
    [InlineData("ws://[::]:80;ws://127.0.0.1:80", "'ws://[::]:80' already listens there")]
    [InlineData("ws://[::]:80;ws://0.0.0.0:80", "'ws://[::]:80' already listens there")]
    [InlineData("ws://localhost:80;ws://127.0.0.1:80", "'ws://localhost:80' already listens there")]
    [InlineData("ws://localhost:80;ws://[::1]:80", "'ws://localhost:80' already listens there")]
    [InlineData("ws://[::1]:80;ws://localhost:80", "'ws://[::1]:80' already listens there")]
    [InlineData("ws://localhost:80;ws://localhost:80", "'ws://localhost:80' already listens there")]
    [InlineData("ws://unix:/a;wss://unix:/a", "'ws://unix:/a' already listens there")]
    public void What_is_wrong_is_said(string urls, string message)
    {
        string found = Assert.Throws<ArgumentException>(() => ListenAddress.ParseAll(urls)).Message;
        Assert.StartsWith("Urls: ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }
}
