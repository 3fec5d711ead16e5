using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class OriginTests
{
    [Theory]
    [InlineData("http://example.com", "example.com")]
    [InlineData("http://example.com", "example.com:80")]
    [InlineData("http://example.com:80", "example.com")]
    [InlineData("https://example.com", "example.com")]
    [InlineData("https://example.com", "example.com:443")]
    [InlineData("https://example.com:443", "example.com")]
    [InlineData("ws://example.com", "example.com:80")]
    [InlineData("wss://example.com", "example.com:443")]
    [InlineData("HTTP://Example.COM", "eXAMPLE.com")]
    [InlineData("http://localhost:8080", "localhost:8080")]
    [InlineData("http://127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("http://[::1]", "[::1]:80")]
    [InlineData("http://[2001:DB8::1]:8080", "[2001:db8::1]:8080")]
    [InlineData("http://example.com", "example.com:")]
    [InlineData("http://example.com/", "example.com")]
    public void The_same_origin_is_the_same(string origin, string host) =>
        Assert.True(Origin.IsSameOrigin(Request.Bytes(origin), Request.Bytes(host)));

    [Theory]
    [InlineData("", true, true)]
    [InlineData("X-Forwarded-Proto: http", true, true)]
    [InlineData("X-Forwarded-Proto: http, https", true, true)]
    [InlineData("X-Forwarded-Proto: https", false, true)]
    [InlineData("X-Forwarded-Proto: HTTPS , http", false, true)]
    [InlineData("X-Forwarded-Proto: wss", false, true)]
    [InlineData("X-Forwarded-Proto: httpsx", true, true)]
    [InlineData("Forwarded: for=192.0.2.1;proto=https;by=203.0.113.43", false, true)]
    [InlineData("Forwarded: For=\"[2001:db8::1]:47\" ; Proto=\"https\"", false, true)]
    [InlineData("Forwarded: proto=http, proto=https", true, true)]
    [InlineData("Forwarded: for=proto", true, true)]
    [InlineData("Forwarded: ;;=;proto=", true, true)]
    public void With_TLS_to_the_first_proxy_a_page_without_is_another(string header, bool isHttpSame, bool isHttpsSame)
    {
        if (header.Length > 0) header += "\r\n";
        var head = new RequestHead(Request.Bytes($"GET / HTTP/1.1\r\nHost: example.com\r\n{header}\r\n"));
        bool isEncrypted = ForwardedProtocol.IsEncrypted(head);
        Assert.Equal(isHttpSame, Origin.IsSameOrigin("http://example.com"u8, "example.com"u8, isEncrypted));
        Assert.Equal(isHttpSame, Origin.IsSameOrigin("ws://example.com:80"u8, "example.com:80"u8, isEncrypted));
        Assert.Equal(isHttpsSame, Origin.IsSameOrigin("https://example.com"u8, "example.com"u8, isEncrypted));
    }

    [Theory]
    [InlineData("http://example.com", "example.org")]
    [InlineData("http://example.com", "example.com:8080")]
    [InlineData("http://example.com:8080", "example.com")]
    [InlineData("http://example.com", "example.com:443")]
    [InlineData("https://example.com", "example.com:80")]
    [InlineData("http://example.com.evil.org", "example.com")]
    [InlineData("http://evil-example.com", "example.com")]
    [InlineData("http://example.co", "example.com")]
    [InlineData("http://sub.example.com", "example.com")]
    [InlineData("http://example.com.", "example.com")]
    [InlineData("http://example.com//", "example.com")]
    [InlineData("http://example.com/path", "example.com")]
    [InlineData("http://example.com?x", "example.com")]
    [InlineData("http://example.com#x", "example.com")]
    [InlineData("http://user@example.com", "example.com")]
    [InlineData("http://example.com@evil.org", "example.com")]
    [InlineData("http://evil.org\\@example.com", "example.com")]
    [InlineData("http://example.com:80:80", "example.com")]
    [InlineData("http://example.com:65616", "example.com")]
    [InlineData("http://example.com:4294967376", "example.com")]
    [InlineData("http://example.com:8x", "example.com:8")]
    [InlineData("http://example.com http://example.com", "example.com")]
    [InlineData("ftp://example.com", "example.com")]
    [InlineData("://example.com", "example.com")]
    [InlineData("example.com", "example.com")]
    [InlineData("http:example.com", "example.com")]
    [InlineData("http://", "")]
    [InlineData("http://:80", ":80")]
    [InlineData("null", "null")]
    [InlineData("null", "example.com")]
    [InlineData("", "")]
    [InlineData("", "example.com")]
    [InlineData("http://example.com", "")]
    [InlineData("http://[::1]", "[::2]")]
    [InlineData("http://[::1", "[::1")]
    [InlineData("http://::1", "::1")]
    [InlineData("http://[]", "[]")]
    [InlineData("http://[::1]x", "[::1]x")]
    public void Anything_else_is_not(string origin, string host) =>
        Assert.False(Origin.IsSameOrigin(Request.Bytes(origin), Request.Bytes(host)));
}
