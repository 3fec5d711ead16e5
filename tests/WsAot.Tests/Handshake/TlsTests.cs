using System.Text;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Tests.Harness;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Handshake;

/// <summary>What the server makes of connections that have TLS, and of those that should. The TLS itself is made up.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Hsts = "Strict-Transport-Security";

    private static readonly TlsClientCertificate s_device = new()
    {
        Subject = "CN=device-7",
        Issuer = "CN=Example",
        SubjectAlternativeNames = ["DNS:device-7.example.com"],
        Fingerprint = new string('a', 64),
    };

    private TestServer? _server;

    private TestServer Server => _server ??= Start();

    public void Dispose() => _server?.Dispose();

    [Fact]
    public void A_request_says_whether_it_came_with_TLS()
    {
        var seen = new List<(bool, string, TlsClientCertificate?)>();
        Server.Script.Upgrade = (request, _) =>
        {
            seen.Add((request.IsSecure, request.Scheme, request.ClientCertificate));
            return new(WsUpgrade.Accept());
        };
        Server.ConnectTls().Ask("/script");
        Server.Connect().Ask("/script");
        Assert.Equal([(true, "wss", null), (false, "ws", null)], seen);
    }

    [Theory]
    [InlineData(TlsClientCertificateMode.None, false)]
    [InlineData(TlsClientCertificateMode.Optional, true)]
    [InlineData(TlsClientCertificateMode.Required, true)]
    public void The_certificate_of_a_client_is_there_if_it_was_asked_for_and_stays(TlsClientCertificateMode mode, bool isThere)
    {
        _server = Start(options => (options.TlsClientCertificate, options.TlsClientCaFile) = (mode, mode == 0 ? "" : "ca.pem"));
        WsRequest? kept = null;
        _server.Script.Upgrade = (request, _) =>
        {
            kept = request;
            return new(WsUpgrade.Accept());
        };
        TestClient client = _server.ConnectTls(s_device);
        Assert.Equal(101, client.Ask("/script").StatusCode);
        client.Reset();
        Assert.Same(isThere ? s_device : null, kept!.ClientCertificate);
        _server.ConnectTls().Ask("/script");
        Assert.Null(kept.ClientCertificate);
    }

    [Fact]
    public void A_plain_request_has_the_same()
    {
        var seen = new List<(bool, string, TlsClientCertificate?)>();
        _server = Start(
            static options => (options.TlsClientCertificate, options.TlsClientCaFile) = (TlsClientCertificateMode.Optional, "ca.pem"),
            builder => builder.MapGet("/who", request =>
            {
                seen.Add((request.IsSecure, request.Scheme, request.ClientCertificate));
                return WsResponse.Text("ok");
            }));
        _server.ConnectTls(s_device).SendRaw("GET /who HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        _server.Connect().SendRaw("GET /who HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        Assert.Equal([(true, "https", s_device), (false, "http", null)], seen);
    }

    [Theory]
    [InlineData("https://server.example", true, 101)]
    [InlineData("http://server.example", true, 403)]
    [InlineData("ws://server.example", true, 403)]
    [InlineData("http://server.example", false, 101)]
    [InlineData("https://server.example", false, 101)]
    public void Behind_TLS_a_page_without_it_is_another_origin(string origin, bool isSecure, int statusCode)
    {
        TestClient client = isSecure ? Server.ConnectTls() : Server.Connect();
        Assert.Equal(statusCode, client.Ask("/echo", "Origin: " + origin).StatusCode);
        if (statusCode == 101) return;
        Assert.Contains("the client connected with TLS, but the page was loaded without", Line(7), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_holds_for_a_POST()
    {
        _server = Start(build: static builder => builder.MapPost("/post", static _ => WsResponse.Text("ok")));
        const string Head = "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nOrigin: ";
        Assert.Equal(403, Send(_server.ConnectTls(), Head + "http://a\r\n\r\n").StatusCode);
        Assert.Equal(200, Send(_server.ConnectTls(), Head + "https://a\r\n\r\n").StatusCode);
        Assert.Equal(200, Send(_server.Connect(), Head + "http://a\r\n\r\n").StatusCode);
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET /mapped HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [InlineData("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", 426)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("\r\nGET", 400)]
    public void With_TLS_every_response_can_hold_browsers_to_it_and_without_none_does(string request, int statusCode)
    {
        _server = Start(
            static options => options.HstsMaxAgeSeconds = 31_536_000,
            static builder => builder.MapGet("/mapped", static _ => WsResponse.Text("ok")));
        Response secure = Send(_server.ConnectTls(), request.StartsWith('\r') ? "GET  /\r\n\r\n" : request);
        Assert.Equal((statusCode, "max-age=31536000"), (secure.StatusCode, secure[Hsts]));
        Assert.Null(Send(_server.Connect(), request.StartsWith('\r') ? "GET  /\r\n\r\n" : request)[Hsts]);
    }

    [Fact]
    public void So_does_the_response_that_opens_a_WebSocket()
    {
        _server = Start(static options => options.HstsMaxAgeSeconds = 60);
        Assert.Equal("max-age=60", _server.ConnectTls().Ask("/echo")[Hsts]);
        Assert.Null(_server.Connect().Ask("/echo")[Hsts]);
    }

    [Fact]
    public void Without_the_option_none_does() => Assert.Null(Server.ConnectTls().Ask("/echo")[Hsts]);

    [Theory]
    [InlineData(443, "GET /a?b=c HTTP/1.1\r\nHost: app.example:8080\r\n\r\n", "https://app.example/a?b=c")]
    [InlineData(8443, "GET / HTTP/1.1\r\nHost: app.example\r\n\r\n", "https://app.example:8443/")]
    [InlineData(0, "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "https://[::1]:1/")]
    [InlineData(443, "GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n", "https://[::1]/")]
    [InlineData(443, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "https://a/healthz")]
    [InlineData(443, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", "https://a/x")]
    [InlineData(443, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "https://a/")]
    [InlineData(443, "GET http://b/c HTTP/1.1\r\nHost: a\r\n\r\n", "https://b/c")]
    [InlineData(443, "GET http://b?c HTTP/1.1\r\nHost: a\r\n\r\n", "https://b/?c")]
    [InlineData(443, "GET //evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n", "https://a//evil.example/")]
    public void A_plain_request_is_led_to_TLS(int port, string request, string location)
    {
        _server = StartRedirecting(port);
        Response response = _server.Send(request);
        Assert.Equal((308, location), (response.StatusCode, response["Location"]));
        Assert.Null(response[Hsts]);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 7);
    }

    [Fact]
    public void So_is_an_upgrade_and_a_request_with_TLS_is_served()
    {
        _server = StartRedirecting(443);
        Response response = _server.Connect().Ask("/echo");
        Assert.Equal((308, "https://server.example/echo"), (response.StatusCode, response["Location"]));
        Assert.Equal(101, _server.ConnectTls().Ask("/echo").StatusCode);
        Assert.Equal(200, Send(_server.ConnectTls(), "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").StatusCode);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    public void Nobody_is_led_to_a_host_that_is_not_ours(string request, int statusCode)
    {
        _server = StartRedirecting(443, static options => options.AllowedHosts = "app.example");
        Assert.Equal(statusCode, _server.Send(request).StatusCode);
    }

    [Fact]
    public void A_handshake_of_TLS_that_takes_too_long_is_closed_with_a_line_and_no_answer()
    {
        TestClient client = Server.ConnectTls(isPending: true);
        Server.AdvanceTo(TestServer.AtTick(10_000) - 1);
        Assert.False(client.Peer.IsClosed);
        Server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.True(client.Peer.IsClosed);
        Assert.True(client.Peer.Received.IsEmpty);
        Assert.Equal(
            "TLS with 127.0.0.1:10000 failed: the handshake took longer than 10000 ms (see --handshake-timeout-ms)", Line(44));
    }

    [Fact]
    public void Within_the_time_it_goes_on_to_the_request_which_has_what_is_left_of_it()
    {
        TestClient client = Server.ConnectTls(isPending: true);
        Server.AdvanceTo(9000);
        client.Peer.IsTlsPending = false;
        client.SendRaw("GET / HTTP/1.1\r\n"u8.ToArray());
        Server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.Equal(408, client.ReadRefusal().StatusCode);
        Assert.Empty(Lines(44));
    }

    [Fact]
    public void A_handshake_that_fails_is_logged_and_the_client_may_read_why()
    {
        TestClient client = Server.ConnectTls(isPending: true);
        client.Peer.FailTls("no version in common");
        Server.Run();
        Assert.Equal("TLS with 127.0.0.1:10000 failed: no version in common", Line(44));
        Assert.Equal(LogLevel.Information, Server.Log.Entries.Single(static entry => entry.Id == 44).Level);
        Assert.True(client.Peer is { IsServerShut: true, IsClosed: false });
        client.Shutdown();
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
    }

    [Theory]
    [InlineData("unsupported protocol", " (see --tls-min-version)")]
    [InlineData("tlsv1 alert protocol version", " (see --tls-min-version)")]
    [InlineData("peer did not return a certificate", " (see --tls-client-certificate and --tls-client-ca-file)")]
    [InlineData("certificate verify failed: self-signed certificate", " (see --tls-client-certificate and --tls-client-ca-file)")]
    [InlineData("sslv3 alert certificate unknown", " (see --tls-certificate-file)")]
    [InlineData("tlsv1 alert unknown ca", " (see --tls-certificate-file)")]
    [InlineData("the client speaks plain HTTP on a TLS port", " (see --urls)")]
    [InlineData("no shared cipher", "")]
    public void The_line_names_the_option_that_decides_it(string reason, string hint)
    {
        Server.ConnectTls(isPending: true).Peer.FailTls(reason);
        Server.Run();
        Assert.EndsWith(reason + hint, Line(44), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_fails_and_stays_is_closed_after_a_while()
    {
        TestClient client = Server.ConnectTls(isPending: true);
        client.Peer.FailTls("no version in common");
        Server.Advance(11_000);
        Assert.True(client.Peer.IsClosed);
        Assert.Single(Lines(44));
    }

    [Fact]
    public void Failures_are_limited_in_the_log_like_other_refusals()
    {
        for (int i = 0; i < 30; i++) Server.ConnectTls(isPending: true).Peer.FailTls("no");
        Server.Run();
        Assert.Equal(PeerLog.MaxLinesPerSecond, Lines(44).Count);
        Server.Advance(11_000);
        Assert.Contains("10 more lines", Lines(18)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_application_decides_a_failure_ends_the_request_and_its_answer_is_dropped()
    {
        CancellationToken token = default;
        Server.Script.Upgrade = async (_, cancellation) =>
        {
            token = cancellation;
            await Server.Script.Gate.PassAsync();
            return WsUpgrade.Accept();
        };
        TestClient client = Server.ConnectTls();
        client.SendRaw(TestClient.UpgradeRequest("/script"));
        client.Peer.FailTls("bad record");
        Server.Run();
        client.Shutdown();
        Assert.True(token.IsCancellationRequested);
        Server.LetOneGo();
        Assert.Equal(0, Server.Server.ConnectionCount);
    }

    [Fact]
    public void An_open_connection_ends_as_if_it_were_reset_and_debug_says_why()
    {
        TestClient client = Server.ConnectTls();
        Assert.Equal(101, client.Ask("/echo").StatusCode);
        client.Peer.FailTls("bad record");
        Server.Run();
        Assert.True(client.Peer.IsClosed);
        Assert.Equal("TLS of connection 1 on /echo from 127.0.0.1:10000 failed: bad record", Line(45));
        Assert.Equal(LogLevel.Debug, Server.Log.Entries.Single(static entry => entry.Id == 45).Level);
        Assert.Empty(Lines(44));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void A_kept_connection_of_plain_HTTP_is_closed_and_between_requests_without_a_line(bool isAnswered, int lines)
    {
        _server = Start(build: static builder => builder.MapPost("/post", static _ => WsResponse.Text("ok")));
        TestClient client = _server.ConnectTls();
        client.SendRaw(Encoding.ASCII.GetBytes("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n" + (isAnswered ? "a" : "")));
        client.Peer.FailTls("bad record");
        _server.Run();
        Assert.True(client.Peer.IsClosed);
        Assert.Equal(lines, Lines(44).Count);
    }

    private static Response Send(TestClient client, string request)
    {
        client.SendRaw(Encoding.ASCII.GetBytes(request));
        return client.ReadResponse();
    }

    private static TestServer Start(Action<WsServerOptions>? configure = null, Action<WsServerBuilder>? build = null) =>
        new(configure, build: build);

    private static TestServer StartRedirecting(int port, Action<WsServerOptions>? configure = null) => Start(
        options =>
        {
            (options.Urls, options.RedirectHttp) = ($"ws://127.0.0.1:80;wss://127.0.0.1:{port}", "https");
            (options.TlsCertificateFile, options.HstsMaxAgeSeconds) = ("a.pem", 60);
            configure?.Invoke(options);
        },
        static builder => ((InMemoryTransport)builder.CreateTransport!(new TransportOptions())).PretendTls = new PretendedTls().Create);

    private string Line(int id) => Assert.Single(Lines(id));

    private List<string> Lines(int id) => [.. Server.Log.Entries.Where(entry => entry.Id == id).Select(static entry => entry.Message)];
}
