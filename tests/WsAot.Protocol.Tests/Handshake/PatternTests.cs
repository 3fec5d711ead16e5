using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class PatternTests
{
    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com")]
    [InlineData("https://app.example.com", "HTTPS://App.Example.COM")]
    [InlineData("https://app.example.com", "https://app.example.com:443")]
    [InlineData("https://app.example.com:443", "https://app.example.com")]
    [InlineData("https://app.example.com/", "https://app.example.com")]
    [InlineData("https://app.example.com", "https://app.example.com/")]
    [InlineData("http://app.example.com:80", "http://app.example.com")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("ionic://localhost", "Ionic://localhost")]
    [InlineData("chrome-extension://abcdefgh", "chrome-extension://abcdefgh")]
    [InlineData("vscode-webview://*.example", "vscode-webview://0a1b.example")]
    [InlineData("app://.", "app://.")]
    [InlineData("file://", "file://")]
    [InlineData("file://", "file:///")]
    [InlineData("null", "null")]
    [InlineData("https://*.example.com", "https://a.example.com")]
    [InlineData("https://*.example.com", "https://a.b.example.com")]
    [InlineData("https://*.example.com", "https://A.EXAMPLE.com:443")]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443")]
    public void An_origin_matches(string pattern, string origin) => Assert.True(ParseOrigin(pattern).Matches(Request.Bytes(origin)));

    [Theory]
    [InlineData("https://app.example.com", "http://app.example.com")]
    [InlineData("https://app.example.com", "https://app.example.com:8443")]
    [InlineData("https://app.example.com", "https://app.example.com.evil.org")]
    [InlineData("https://app.example.com", "https://a.app.example.com")]
    [InlineData("https://app.example.com", "https://app.example.com@evil.org")]
    [InlineData("https://app.example.com", "https://app.example.com https://evil.org")]
    [InlineData("https://app.example.com", "null")]
    [InlineData("https://app.example.com", "")]
    [InlineData("https://*.example.com", "https://example.com")]
    [InlineData("https://*.example.com", "https://.example.com")]
    [InlineData("https://*.example.com", "https://evilexample.com")]
    [InlineData("https://*.example.com", "https://example.com.evil.org")]
    [InlineData("https://*.example.com", "https://a.example.com.evil.org")]
    [InlineData("https://*.example.com", "http://a.example.com")]
    [InlineData("https://*.example.com", "https://a.example.com:8443")]
    [InlineData("https://*.example.com", "https://evil.org/.example.com")]
    [InlineData("https://*.example.com", "https://evil.org#.example.com")]
    [InlineData("https://*.example.com", "https://evil.org:1.example.com")]
    [InlineData("capacitor://localhost", "capacitor://localhost:80")]
    [InlineData("file://", "file://host")]
    [InlineData("file://", "null")]
    [InlineData("null", "file://")]
    [InlineData("null", "nul")]
    public void Another_origin_does_not(string pattern, string origin) => Assert.False(ParseOrigin(pattern).Matches(Request.Bytes(origin)));

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("//app.example.com")]
    [InlineData("https://")]
    [InlineData("https:///")]
    [InlineData("https://*")]
    [InlineData("https://*.")]
    [InlineData("https://*.*.example.com")]
    [InlineData("https://a*.example.com")]
    [InlineData("https://a.*.example.com")]
    [InlineData("https://*example.com")]
    [InlineData("*://example.com")]
    [InlineData("1http://example.com")]
    [InlineData("https://m\u00FCller.example")]
    [InlineData("https://a.example,https://b.example/")]
    [InlineData("")]
    public void What_could_match_nothing_is_no_pattern(string pattern) =>
        Assert.False(OriginPattern.TryParse(System.Text.Encoding.UTF8.GetBytes(pattern), out _));

    [Theory]
    [InlineData("https://github.com/gilmaimon/TinyWebsockets")]
    [InlineData("https://app.example.com?x")]
    [InlineData("https://user@app.example.com")]
    [InlineData("https://app.example.com:port")]
    public void What_only_a_library_sends_is_compared_as_it_is(string origin)
    {
        OriginPattern pattern = ParseOrigin(origin);
        Assert.True(pattern.IsLiteral);
        Assert.True(pattern.Matches(Request.Bytes(origin)));
        Assert.False(pattern.Matches(Request.Bytes(origin + "x")));
        Assert.False(pattern.Matches(Request.Bytes("https://app.example.com")));
        Assert.False(ParseOrigin("https://app.example.com").IsLiteral || ParseOrigin("null").IsLiteral);
    }

    [Theory]
    [InlineData("app.example.com", "app.example.com")]
    [InlineData("app.example.com", "APP.example.com:8080")]
    [InlineData("app.example.com:8443", "app.example.com:8443")]
    [InlineData("*.example.com", "a.b.example.com:1")]
    [InlineData("192.0.2.1", "192.0.2.1:8080")]
    [InlineData("[2001:db8::1]", "[2001:DB8::1]:8080")]
    public void A_host_matches(string pattern, string host) => Assert.True(ParseHost(pattern).Matches(Request.Bytes(host)));

    [Theory]
    [InlineData("app.example.com", "app.example.com.evil.org")]
    [InlineData("app.example.com", "evil.org")]
    [InlineData("app.example.com", "")]
    [InlineData("app.example.com:8443", "app.example.com")]
    [InlineData("app.example.com:8443", "app.example.com:8444")]
    [InlineData("*.example.com", "example.com")]
    [InlineData("*.example.com", "evilexample.com")]
    public void Another_host_does_not(string pattern, string host) => Assert.False(ParseHost(pattern).Matches(Request.Bytes(host)));

    [Theory]
    [InlineData("")]
    [InlineData("*.")]
    [InlineData("a*.example.com")]
    [InlineData("https://app.example.com")]
    [InlineData("app.example.com/")]
    [InlineData("app.example.com:x")]
    [InlineData("2001:db8::1")]
    [InlineData("a.example.com,b.example.com")]
    public void What_no_Host_header_can_have_is_no_pattern(string pattern) =>
        Assert.False(HostPattern.TryParse(Request.Bytes(pattern), out _));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:8080", true)]
    [InlineData("app.localhost", true)]
    [InlineData("localhost.", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.8.7:80", false)]
    [InlineData("[::1]:8080", false)]
    [InlineData("localhost.evil.org", false)]
    [InlineData("127.0.0.1.evil.org", false)]
    [InlineData("127.evil.org", false)]
    [InlineData("evil-localhost", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("[::2]", false)]
    [InlineData("", false)]
    public void Loopback_is_known_by_its_names(string host, bool expected) =>
        Assert.Equal(expected, HostPattern.IsLoopback(Request.Bytes(host)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3:8080", true)]
    [InlineData("[2001:db8::1]:80", true)]
    [InlineData("127.0.0.1.evil.org", false)]
    [InlineData("1.2.3", false)]
    [InlineData("localhost", false)]
    [InlineData("", false)]
    public void An_address_is_no_name(string host, bool expected) => Assert.Equal(expected, HostPattern.IsAddress(Request.Bytes(host)));

    private static OriginPattern ParseOrigin(string pattern)
    {
        Assert.True(OriginPattern.TryParse(Request.Bytes(pattern), out OriginPattern? parsed));
        return parsed;
    }

    private static HostPattern ParseHost(string pattern)
    {
        Assert.True(HostPattern.TryParse(Request.Bytes(pattern), out HostPattern? parsed));
        return parsed;
    }
}
