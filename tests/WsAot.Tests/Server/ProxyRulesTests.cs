using WsAot.Server;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Server;

/// <summary>What is said of options of proxies and Unix sockets that do not fit.</summary>
public sealed class ProxyRulesTests
{
    [Theory]
    [InlineData(nameof(WsServerOptions.ForwardedHeaders), "both", "(--forwarded-headers) must be x-forwarded or forwarded, not 'both'")]
    [InlineData(nameof(WsServerOptions.TrustedProxies), "x", "TrustedProxies: 'x' is invalid")]
    [InlineData(nameof(WsServerOptions.UnixSocketMode), "", "(--unix-socket-mode) must be 0 to 0777 in octal, such as 0660, not ''")]
    [InlineData(nameof(WsServerOptions.UnixSocketMode), "0668", "must be 0 to 0777 in octal")]
    [InlineData(nameof(WsServerOptions.UnixSocketMode), "1000", "must be 0 to 0777 in octal")]
    [InlineData(nameof(WsServerOptions.UnixSocketMode), "77777777777777777777", "must be 0 to 0777 in octal")]
    [InlineData(nameof(WsServerOptions.UnixSocketMode), "u=rw", "must be 0 to 0777 in octal")]
    [InlineData(nameof(WsServerOptions.UnixSocketOwner), "nosuchuser", "(--unix-socket-owner): /etc/passwd has no user 'nosuchuser'")]
    [InlineData(nameof(WsServerOptions.UnixSocketOwner), "root:nosuchgroup", "/etc/group has no group 'nosuchgroup'")]
    [InlineData(nameof(WsServerOptions.UnixSocketOwner), "-1", "/etc/passwd has no user '-1'")]
    public void A_value_that_cannot_be_read_is_named(string option, string value, string message)
    {
        var options = new WsServerOptions();
        typeof(WsServerOptions).GetProperty(option)!.SetValue(options, value);
        Assert.Contains(message, OptionFaults.InAll(options), StringComparison.Ordinal);
        var exception = Assert.Throws<ArgumentException>(
            () => new TestServer(options => typeof(WsServerOptions).GetProperty(option)!.SetValue(options, value)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("660", 0x1B0)]
    [InlineData("0777", 0x1FF)]
    public void A_mode_is_octal(string mode, int expected) => Assert.Equal(expected, (int)UnixSocketRules.ParseMode(mode));

    [Theory]
    [InlineData("", -1, -1)]
    [InlineData("root", 0, -1)]
    [InlineData("root:root", 0, 0)]
    [InlineData(":root", -1, 0)]
    [InlineData("12345:54321", 12345, 54321)]
    [InlineData("root:", 0, -1)]
    public void An_owner_is_named_or_numbered(string owner, int user, int group) =>
        Assert.Equal((user, group), UnixSocketRules.ParseOwner(owner));

    [Theory]
    [InlineData("ws://127.0.0.1:1?proxy-protocol", false, "", "The PROXY protocol at 'ws://127.0.0.1:1' needs TrustedProxies")]
    [InlineData("ws://127.0.0.1:1", true, "", "The PROXY protocol at 'ws://127.0.0.1:1' needs TrustedProxies (--trusted-proxies)")]
    [InlineData("ws://127.0.0.1:1", true, "10.0.0.0/8", null)]
    [InlineData("ws://127.0.0.1:1", false, "", null)]
    public void The_PROXY_protocol_needs_somebody_to_trust(string urls, bool isOn, string proxies, string? message)
    {
        var options = new WsServerOptions { Urls = urls, ProxyProtocol = isOn, TrustedProxies = proxies };
        string? error = OptionFaults.InAll(options);
        if (message is null) Assert.Null(error);
        else Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirection_leads_to_a_port()
    {
        var options = new WsServerOptions { TlsCertificateFile = "a.pem", RedirectHttp = "https" };
        options.Urls = "ws://127.0.0.1:1;wss://unix:/a";
        Assert.StartsWith("RedirectHttp (--redirect-http) needs two", OptionFaults.InAll(options), StringComparison.Ordinal);
    }
}
