using WsAot.CommandLine;
using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Server;

/// <summary>What a server makes of its certificates when it starts and stops.</summary>
public sealed class TlsStartTests
{
    private static readonly TlsCertificate s_certificate = PretendedTls.Certificate(ManualTime.Start.AddDays(90), "a.pem", "a.example");

    private readonly PretendedTls _tls = new(s_certificate);

    [Fact]
    public void Addresses_with_and_without_TLS_stand_side_by_side_in_their_order()
    {
        using TestServer server = Start("ws://127.0.0.1:8080;wss://127.0.0.1:8443;ws://127.0.0.1:0;wss://127.0.0.1:0");
        // The memory counts its listeners for ports, and those with TLS come first.
        Assert.Equal(
            ["ws://127.0.0.1:8080", "wss://127.0.0.1:8443", "ws://127.0.0.1:4", "wss://127.0.0.1:2"], server.Server.Urls);
        Assert.Equal(server.Server.Urls.Count, server.Log.Entries.Count(static entry => entry.Id == 1));
    }

    [Fact]
    public void What_the_options_say_reaches_the_transport()
    {
        using TestServer server = Start(
            "wss://127.0.0.1:0",
            static options =>
            {
                (options.TlsKeyFile, options.TlsKeyPasswordFile, options.TlsMinVersion) = ("a.key", "a.password", "1.3");
                (options.TlsClientCertificate, options.TlsClientCaFile) = (TlsClientCertificateMode.Required, "ca.pem");
                options.TlsCertificates.Add(new WsTlsCertificate { Hosts = { "b.example" }, CertificateFile = "b.pem" });
            });
        TlsServerOptions options = _tls.Options!;
        Assert.Equal(
            (TlsVersion.Tls13, TlsClientCertificateMode.Required, "ca.pem"),
            (options.MinVersion, options.ClientCertificate, options.ClientCaFile));
        TlsCertificateFiles first = options.Certificates[0];
        Assert.Equal(("a.pem", "a.key", "a.password"), (first.CertificateFile, first.KeyFile, first.KeyPasswordFile));
        TlsCertificateFiles second = options.Certificates[1];
        Assert.Equal(("b.example", "b.pem"), (second.Hosts[0], second.CertificateFile));
        Assert.Equal(("b.pem", null), (second.KeyFile, second.KeyPasswordFile));
        Assert.Equal(2, options.Certificates.Count);
    }

    [Fact]
    public void Without_a_key_file_the_key_is_in_the_file_of_the_certificate()
    {
        using TestServer server = Start("wss://127.0.0.1:0");
        TlsCertificateFiles files = Assert.Single(_tls.Options!.Certificates);
        Assert.Equal(("a.pem", null), (files.KeyFile, files.KeyPasswordFile));
        Assert.Equal((TlsVersion.Tls12, TlsClientCertificateMode.None), (_tls.Options.MinVersion, _tls.Options.ClientCertificate));
        Assert.Null(_tls.Options.ClientCaFile);
    }

    [Fact]
    public void The_answer_to_plain_HTTP_is_complete_and_says_what_the_port_speaks()
    {
        using TestServer server = Start("wss://127.0.0.1:0", static options => options.HstsMaxAgeSeconds = 1);
        Response answer = Response.Parse(_tls.Options!.PlainHttpAnswer.ToArray());
        Assert.Equal((400, "close"), (answer.StatusCode, answer["Connection"]));
        Assert.Contains("This port expects TLS", answer.Body, StringComparison.Ordinal);
        Assert.Contains("https://", answer.Body, StringComparison.Ordinal);
        Assert.Contains("wss://", answer.Body, StringComparison.Ordinal);
        Assert.Equal(answer.Body.Length.ToString(), answer["Content-Length"]);
        Assert.Null(answer["Strict-Transport-Security"]);
    }

    [Fact]
    public void A_server_without_such_an_address_opens_no_file_and_warns_of_a_certificate()
    {
        using TestServer server = Start("ws://127.0.0.1:0");
        Assert.Null(_tls.Options);
        Assert.Single(server.Log.Entries, static entry => entry.Id == 53);
        Assert.False(server.Server.ReloadCertificates());
        using var plain = new TestServer();
        Assert.DoesNotContain(plain.Log.Entries, static entry => entry.Id == 53);
    }

    [Theory]
    [InlineData(TlsClientCertificateMode.Required, "ws://0.0.0.0:8080", "", true)]
    [InlineData(TlsClientCertificateMode.Required, "ws://0.0.0.0:8080", "https", false)]
    [InlineData(TlsClientCertificateMode.Required, "ws://127.0.0.1:8080", "", false)]
    [InlineData(TlsClientCertificateMode.Optional, "ws://0.0.0.0:8080", "", false)]
    public void An_address_where_others_come_in_without_a_certificate_is_warned_of(
        TlsClientCertificateMode mode, string plain, string redirect, bool isWarnedOf)
    {
        using TestServer server = Start("wss://127.0.0.1:0;" + plain, options =>
        {
            (options.TlsClientCertificate, options.TlsClientCaFile, options.RedirectHttp) = (mode, "ca.pem", redirect);
        });
        string[] warnings = [.. server.Log.Entries.Where(static entry => entry.Id == 54).Select(static entry => entry.Message)];
        if (!isWarnedOf) Assert.Empty(warnings);
        else Assert.StartsWith(plain + " asks clients for no certificate, despite", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void SIGHUP_with_the_same_files_says_so()
    {
        WsServerBuilder? built = null;
        using TestServer server = Start("wss://127.0.0.1:0", build: builder => built = builder);
        OptionReload reload = built!.CreateReload(server.Server);
        _tls.Replace(s_certificate);
        reload.Run();
        Assert.DoesNotContain(server.Log.Entries, static entry => entry.Id == 55);
        reload.Run();
        Assert.Single(server.Log.Entries, static entry => entry.Id == 55);
    }

    [Fact]
    public void Certificates_are_read_again_when_the_application_says_so()
    {
        using TestServer server = Start("wss://127.0.0.1:0");
        Assert.False(server.Server.ReloadCertificates());
        _tls.Replace(s_certificate);
        Assert.True(server.Server.ReloadCertificates());
        _tls.Break("no");
        Assert.Throws<TransportException>(() => server.Server.ReloadCertificates());
        // The transport does not try the same files again; who asks hears of them all the same.
        Assert.Equal("no", Assert.Throws<TransportException>(() => server.Server.ReloadCertificates()).Message);
        Assert.False(server.Server.Lifetime.AreCertificateFilesUsable);
        _tls.Replace(s_certificate);
        Assert.True(server.Server.ReloadCertificates());
        Assert.True(server.Server.Lifetime.AreCertificateFilesUsable);
    }

    [Fact]
    public void The_certificates_outlive_the_transport_and_end_with_the_server()
    {
        TestServer server = Start("wss://127.0.0.1:0");
        server.Advance(10_000);
        Assert.Equal(1, _tls.Looks);
        server.Dispose();
        Assert.True(_tls.IsDisposed);
        Assert.False(server.Server.ReloadCertificates());
    }

    [Fact]
    public void Files_that_cannot_be_used_keep_the_server_from_starting()
    {
        TransportException exception = Assert.Throws<TransportException>(() => new TestServer(
            static options => (options.Urls, options.TlsCertificateFile) = ("wss://127.0.0.1:0", "a.pem"),
            build: static builder => Transport(builder).PretendTls = static _ => throw new TransportException("a.pem is no certificate.")));
        Assert.Equal("a.pem is no certificate.", exception.Message);
    }

    private static Transport.InMemory.InMemoryTransport Transport(WsServerBuilder builder) =>
        (Transport.InMemory.InMemoryTransport)builder.CreateTransport!(new TransportOptions());

    private TestServer Start(string urls, Action<WsServerOptions>? configure = null, Action<WsServerBuilder>? build = null) => new(
        options =>
        {
            (options.Urls, options.TlsCertificateFile) = (urls, "a.pem");
            configure?.Invoke(options);
        },
        build: builder =>
        {
            Transport(builder).PretendTls = _tls.Create;
            build?.Invoke(builder);
        });
}
