using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Server;

/// <summary>What is said of options of TLS that do not fit together.</summary>
public sealed class TlsRulesTests
{
    [Theory]
    [InlineData("wss", null, "wss://127.0.0.1:1' needs a certificate: TlsCertificateFile (--tls-certificate-file FILE)")]
    [InlineData("ws", nameof(WsServerOptions.TlsKeyFile), "TlsKeyFile (--tls-key-file) needs TlsCertificateFile (--tls-certificate-file)")]
    [InlineData("ws", nameof(WsServerOptions.TlsKeyPasswordFile), "TlsKeyPasswordFile (--tls-key-password-file) needs TlsCertificateFile")]
    [InlineData("ws", nameof(WsServerOptions.TlsClientCertificate), "(--tls-client-certificate) needs TlsClientCaFile")]
    [InlineData("ws", nameof(WsServerOptions.TlsClientCaFile), "TlsClientCaFile (--tls-client-ca-file) needs TlsClientCertificate ")]
    [InlineData("ws", nameof(WsServerOptions.RedirectHttp), "RedirectHttp (--redirect-http) needs two addresses in Urls (--urls)")]
    [InlineData("ws", nameof(WsServerOptions.TlsMinVersion), "TlsMinVersion (--tls-min-version) must be 1.2 or 1.3, not x")]
    [InlineData("ws", nameof(WsServerOptions.HstsMaxAgeSeconds), "HstsMaxAgeSeconds must be 0 to 2147483647, not -1")]
    public void An_option_that_lacks_another_is_named(string scheme, string? option, string message)
    {
        var options = new WsServerOptions { Urls = scheme + "://127.0.0.1:1" };
        if (option == nameof(WsServerOptions.TlsClientCertificate)) options.TlsClientCertificate = TlsClientCertificateMode.Required;
        else if (option == nameof(WsServerOptions.RedirectHttp)) options.RedirectHttp = "https";
        else if (option == nameof(WsServerOptions.HstsMaxAgeSeconds)) options.HstsMaxAgeSeconds = -1;
        else if (option is not null) typeof(WsServerOptions).GetProperty(option)!.SetValue(options, "x");
        AssertRefused(options, message);
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1", "https", "RedirectHttp (--redirect-http) needs two addresses")]
    [InlineData("wss://127.0.0.1:1", "https", "RedirectHttp (--redirect-http) needs two addresses")]
    [InlineData("wss://127.0.0.1:1;ws://127.0.0.1:2", "HTTPS", null)]
    [InlineData("wss://127.0.0.1:1;ws://127.0.0.1:2", "http", "RedirectHttp (--redirect-http) must be https or empty, not http")]
    public void A_redirection_needs_a_beginning_and_an_end(string urls, string redirect, string? message)
    {
        var options = new WsServerOptions { Urls = urls, TlsCertificateFile = "a.pem", RedirectHttp = redirect };
        if (message is null) Assert.Null(OptionFaults.InAll(options));
        else AssertRefused(options, message);
    }

    [Theory]
    [InlineData("app.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("*", false)]
    [InlineData("*.", false)]
    [InlineData("a.*.example", false)]
    [InlineData("https://a.example", false)]
    [InlineData("a.example:443", false)]
    [InlineData("b\u00fccher.example", false)]
    [InlineData("", false)]
    public void A_host_of_a_certificate_is_a_name(string host, bool isName)
    {
        var options = new WsServerOptions { Urls = "wss://127.0.0.1:1" };
        options.TlsCertificates.Add(new WsTlsCertificate { CertificateFile = "a.pem" });
        options.TlsCertificates.Add(new WsTlsCertificate { Hosts = { "good.example", host }, CertificateFile = "a.pem" });
        if (isName) Assert.Null(OptionFaults.InAll(options));
        else AssertRefused(options, $"tls:certificates:1:hosts: '{host}' is not a host");
    }

    [Theory]
    [InlineData("*", "*.example.com. Leave hosts out to use the names in the certificate.")]
    [InlineData("b\u00fccher.example", "*.example.com. Write it in ASCII (xn--...).")]
    [InlineData("a.example:443", "*.example.com.")]
    public void What_is_no_host_gets_the_advice_that_helps(string host, string end)
    {
        var options = new WsServerOptions { Urls = "wss://127.0.0.1:1" };
        options.TlsCertificates.Add(new WsTlsCertificate { Hosts = { host }, CertificateFile = "a.pem" });
        Assert.EndsWith(end, OptionFaults.InAll(options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsClientCertificateMode.Optional)]
    [InlineData(TlsClientCertificateMode.Required)]
    public void Clients_are_asked_for_certificates_over_TLS_only(TlsClientCertificateMode mode) => AssertRefused(
        new WsServerOptions { Urls = "ws://127.0.0.1:1", TlsClientCertificate = mode, TlsClientCaFile = "ca.pem" },
        "(--tls-client-certificate) needs a wss:// address in Urls (--urls), not 'ws://127.0.0.1:1'");

    [Fact]
    public void A_certificate_in_the_list_has_a_file()
    {
        var options = new WsServerOptions { Urls = "wss://127.0.0.1:1" };
        options.TlsCertificates.Add(new WsTlsCertificate { KeyFile = "a.key" });
        AssertRefused(options, "tls:certificates:0 needs a certificateFile.");
    }

    private static void AssertRefused(WsServerOptions options, string message)
    {
        string found = OptionFaults.InAll(options)!;
        Assert.Contains(message, found, StringComparison.Ordinal);
        // Who builds the server hears the same.
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        foreach (System.Reflection.PropertyInfo property in typeof(WsServerOptions).GetProperties())
        {
            if (property.GetSetMethod() is not null) property.SetValue(builder.Options, property.GetValue(options));
        }

        foreach (WsTlsCertificate certificate in options.TlsCertificates) builder.Options.TlsCertificates.Add(certificate);
        Assert.Equal(found, Assert.Throws<ArgumentException>(builder.Build).Message);
    }
}
