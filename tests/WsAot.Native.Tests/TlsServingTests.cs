using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;

namespace WsAot.Native.Tests;

/// <summary>The file serves with certificates: by options of the command line and the settings, and anew when they are replaced.</summary>
[Collection(PublishedFile.Name)]
public sealed class TlsServingTests(PublishedApp app) : IDisposable
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(20);

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [RequiresFact]
    public async Task Pages_and_WebSockets_are_served_and_plain_addresses_lead_there()
    {
        CertificateFiles files = _certificates.Create(password: "secret");
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File,
            [
                "--urls", "ws://127.0.0.1:0;wss://127.0.0.1:0", "--redirect-http", "https", "--hsts-max-age-seconds", "60",
                "--tls-key-password-file", _certificates.Write("password", "secret"), .. files.ServerOptions,
            ],
            PublishedApp.NewWorkingFolder(),
            addresses: 2);
        string secure = server.Addresses[1].Authority;
        using HttpClient http = Client();

        using HttpResponseMessage page = await http.GetAsync(new Uri($"https://{secure}/healthz"));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), (page.StatusCode, await page.Content.ReadAsStringAsync()));
        Assert.Equal("max-age=60", page.Headers.GetValues("Strict-Transport-Security").Single());

        using HttpResponseMessage led = await http.GetAsync(new Uri($"{server.HttpUrl}/a?b"));
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"https://{secure}/a?b"), (led.StatusCode, led.Headers.Location!.OriginalString));

        using HttpResponseMessage wrong = await http.GetAsync(new Uri($"http://{secure}/"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("This port expects TLS", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate);
        await socket.ConnectAsync(new Uri($"wss://{secure}/echo"), CancellationToken.None);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[100];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task The_name_that_a_client_asks_for_chooses_the_certificate()
    {
        CertificateFiles first = _certificates.Create();
        CertificateFiles other = _certificates.Create("other", CertificateShape.For("*.b.example"));
        string folder = PublishedApp.NewWorkingFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "wsaot.json"),
            $$"""
            { "tls": { "certificates": [
                { "hosts": ["*.b.example", "c.example"], "certificateFile": "{{other.CertificateFile}}", "keyFile": "{{other.KeyFile}}" }
            ] } }
            """);
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File, ["--urls", "wss://127.0.0.1:0", .. first.ServerOptions], folder);
        Assert.Equal(first.Certificate.Thumbprint, await ShownAsync(server, "localhost"));
        Assert.Equal(other.Certificate.Thumbprint, await ShownAsync(server, "a.b.example"));
        Assert.Equal(other.Certificate.Thumbprint, await ShownAsync(server, "c.example"));
        Assert.Equal(first.Certificate.Thumbprint, await ShownAsync(server, "d.example"));
        string log = server.Error.ToString();
        Assert.Contains("is used for c.example but does not name it", log, StringComparison.Ordinal);
        Assert.DoesNotContain("is used for *.b.example", log, StringComparison.Ordinal);
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_certificate_that_was_replaced_is_shown_after_SIGHUP_and_a_bad_one_is_not()
    {
        CertificateFiles files = _certificates.Create();
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File, ["--urls", "wss://127.0.0.1:0", .. files.ServerOptions], PublishedApp.NewWorkingFolder());
        CertificateFiles next = _certificates.Create();
        server.Send(Signal.HangUp);
        await WaitForAsync(server, "Reloaded the certificate ");
        Assert.Equal(next.Certificate.Thumbprint, await ShownAsync(server, "localhost"));

        _certificates.Write("server.pem", "nothing");
        server.Send(Signal.HangUp);
        await WaitForAsync(server, "cannot be used, so clients still get the old certificates: ");
        Assert.Equal(next.Certificate.Thumbprint, await ShownAsync(server, "localhost"));
        await server.StopAsync();
    }

    [RequiresTheory]
    [InlineData(2, "needs a certificate: TlsCertificateFile (--tls-certificate-file FILE)")]
    [InlineData(1, "'none.pem' cannot be read", "--tls-certificate-file", "none.pem")]
    public async Task What_is_missing_is_said_in_one_line(int exitCode, string message, params string[] arguments)
    {
        CommandResult result = await app.RunAsync(["--urls", "wss://127.0.0.1:0", .. arguments], PublishedApp.NewWorkingFolder());
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, Assert.Single(result.All.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private bool IsOurs(X509Certificate? certificate) => certificate!.Issuer == _certificates.Authority.Certificate.Subject;

    private HttpClient Client() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate),
    });

    /// <summary>The thumbprint of the certificate that a client gets who asks for a name.</summary>
    private async Task<string> ShownAsync(ServerProcess server, string host)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Port);
        await using var stream = new SslStream(tcp.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate),
        });
        return stream.RemoteCertificate!.GetCertHashString();
    }

    private static async Task WaitForAsync(ServerProcess server, string words)
    {
        using var patience = new CancellationTokenSource(s_wait);
        await server.Error.WaitForAsync(line => line.Contains(words, StringComparison.Ordinal), 1, patience.Token);
    }
}
