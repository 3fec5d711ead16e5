using WsAot.Connections;
using WsAot.Tests.Harness;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Server;

/// <summary>Other options for a server that runs: what they do to connections that are open, and to those that come.</summary>
public sealed class ApplyOptionsTests : IDisposable
{
    private const string Origin = "Origin: https://app.example";

    private readonly TestServer _server = new(static options => (options.PingIntervalMs, options.MaxMessageBytes) = (0, 16));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Limits_and_timeouts_change_for_open_connections()
    {
        TestClient client = _server.Open("/echo");
        Apply(static options => (options.MaxMessageBytes, options.PingIntervalMs) = (32, 1000));
        Assert.Equal("Options have changed: MaxMessageBytes, PingIntervalMs.", Line(30));
        client.Say(new string('a', 32));
        Assert.Equal(new string('a', 32), client.NextText());
        _server.Advance(1100);
        Assert.Equal(9, client.Next().Opcode);
    }

    [Fact]
    public void Rates_count_for_open_connections_from_their_next_message_on()
    {
        TestClient client = _server.Open("/echo");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"));
        Apply(static options => (options.MaxMessagesPerSecond, options.RateLimitPolicy) = (1, RateLimitPolicy.Close));
        Assert.Equal("a b", client.Texts());
        client.Say("c");
        Assert.Equal("c", client.NextText());
        client.Say("d");
        client.ExpectClose(1008);
        client.SendRaw(Frame.Close(1008));
    }

    [Fact]
    public void A_lifetime_that_was_none_ends_one_that_no_timeout_watched()
    {
        TestClient client = _server.Open("/echo");
        _server.Advance(100_000);
        Apply(static options => options.MaxConnectionLifetimeMs = 200_000);
        _server.Advance(101_000);
        client.ExpectClose(1012);
        client.SendRaw(Frame.Close(1012));
    }

    [Fact]
    public void Those_that_are_older_than_a_new_lifetime_end_one_by_one()
    {
        for (int i = 0; i < 100; i++) _server.Open("/echo");
        Session[] sessions = [.. _server.Server.GetConnections().Select(static connection => connection.Session)];
        _server.Advance(200_000);
        Apply(static options => options.MaxConnectionLifetimeMs = 100_000);
        _server.Advance(100);
        Assert.InRange(Ended(), 0, 5);
        _server.Advance(5_000);
        Assert.InRange(Ended(), 40, 60);
        _server.Advance(5_100);
        Assert.Equal(100, Ended());

        int Ended() => sessions.Count(static session => session.EndCause == EndCause.LifetimeOver);
    }

    [Fact]
    public void All_of_a_crowd_get_their_deadlines_although_a_turn_is_too_short_for_them()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 2000).Select(_ => _server.Open("/echo"))];
        Apply(static options => options.IdleTimeoutMs = 5000);
        Assert.All(_server.Server.GetConnections(), static connection => Assert.InRange(connection.Session.DueMs, 1u, 5100u));
        Assert.Equal(2000, _server.Server.ConnectionCount);
        foreach (TestClient client in clients) client.Reset();
    }

    [Fact]
    public void Origins_hosts_proxies_and_compression_change_for_those_that_come()
    {
        TestClient before = _server.Open("/echo");
        Assert.Equal(403, Ask(Origin).StatusCode);
        Apply(static options =>
        {
            options.AllowedOrigins = "https://app.example";
            options.AllowedHosts = "server.example";
            options.Compression = WsCompression.Shared;
            options.HstsMaxAgeSeconds = 60;
            options.TrustedProxies = "127.0.0.1";
        });
        Response response = Ask(Origin, "Sec-WebSocket-Extensions: permessage-deflate");
        Assert.Equal(101, response.StatusCode);
        Assert.StartsWith("permessage-deflate", response["Sec-WebSocket-Extensions"], StringComparison.Ordinal);
        Assert.Equal(421, _server.Send("GET / HTTP/1.1\r\nHost: other.example\r\n\r\n").StatusCode);
        before.Say("still here");
        Assert.Equal("still here", before.NextText());

        Apply(static options => (options.AllowedOrigins, options.AllowedHosts, options.Compression) = ("", "*", WsCompression.None));
        Assert.Equal(403, Ask(Origin).StatusCode);
        Assert.Null(Ask("Sec-WebSocket-Extensions: permessage-deflate")["Sec-WebSocket-Extensions"]);
    }

    [Fact]
    public void The_limit_of_connections_changes_and_closes_none()
    {
        TestClient[] clients = [_server.Open("/echo"), _server.Open("/echo")];
        Apply(static options => options.MaxConnections = 1);
        Assert.Equal(503, Ask().StatusCode);
        Assert.Equal(2, _server.Server.ConnectionCount);
        Apply(static options => options.MaxConnections = 3);
        Assert.Equal(101, Ask().StatusCode);
        foreach (TestClient client in clients) client.Reset();
    }

    [Fact]
    public void What_takes_a_restart_is_named_and_stays()
    {
        WsServerOptions options = _server.Server.Options.Clone();
        (options.Loops, options.Urls, options.MaxFragments) = (7, "ws://127.0.0.1:1", 5);
        Assert.Equal(["Urls", "Loops"], _server.Server.ApplyOptions(options));
        Assert.Equal("Changed options that take effect after a restart: Urls, Loops.", Line(32));
        Assert.Equal((0, "ws://127.0.0.1:0", 5), Values(_server.Server.Options));
        // What was given is copied.
        options.MaxFragments = 6;
        Assert.Equal(5, _server.Server.Options.MaxFragments);

        static (int, string, int) Values(WsServerOptions options) => (options.Loops, options.Urls, options.MaxFragments);
    }

    [Fact]
    public void Wrong_ones_are_named_all_together_and_nothing_changes()
    {
        WsServerOptions former = _server.Server.Options;
        WsOptionException refused = Assert.Throws<WsOptionException>(() => Apply(static options =>
        {
            (options.MaxMessageBytes, options.DrainBatch, options.MaxFragments) = (-1, 0, 3);
            options.AllowedOrigins = "https://a.example;bad;worse";
        }));
        Assert.Equal(4, refused.Errors.Count);
        Assert.StartsWith("MaxMessageBytes must be ", refused.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("DrainBatch must be ", refused.Errors[1], StringComparison.Ordinal);
        Assert.Contains("'bad'", refused.Errors[2], StringComparison.Ordinal);
        Assert.Contains("'worse'", refused.Errors[3], StringComparison.Ordinal);
        Assert.Same(former, _server.Server.Options);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id is 30 or 31);
    }

    [Fact]
    public void Nothing_new_is_said_too()
    {
        Apply(static _ => { });
        Assert.Equal("Reloaded the options from the application: none that can change at run time has changed.", Line(31));
    }

    [Fact]
    public void Certificates_of_other_files_are_shown_and_wrong_ones_change_nothing()
    {
        DateTimeOffset late = ManualTime.Start.AddDays(1000);
        var tls = new PretendedTls(PretendedTls.Certificate(late));
        using var server = new TestServer(
            static options => (options.Urls, options.TlsCertificateFile) = ("wss://127.0.0.1:0", "a.pem"),
            build: builder => ((InMemoryTransport)builder.CreateTransport!(new TransportOptions())).PretendTls = tls.Create);
        WsServerOptions options = server.Server.Options.Clone();
        (options.TlsCertificateFile, options.MaxFragments) = ("b.pem", 9);
        tls.Break("b.pem is no certificate");
        Assert.Throws<TransportException>(() => server.Server.ApplyOptions(options));
        Assert.Equal(("a.pem", 0), (server.Server.Options.TlsCertificateFile, server.Server.Options.MaxFragments));

        tls.Replace(PretendedTls.Certificate(late, "b.pem"));
        Assert.Empty(server.Server.ApplyOptions(options));
        Assert.Equal("b.pem", tls.Options!.Certificates[0].CertificateFile);
        Assert.Equal("b.pem", Assert.Single(server.Server.Lifetime.Certificates!).File);
        Assert.Equal(9, server.Server.Options.MaxFragments);
    }

    [Fact]
    public void The_token_of_the_admin_listener_is_read_again_and_its_hosts_change()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "the-first-token-of-many");
        using (var world = new AdminWorld(options => options.AdminTokenFile = file))
        {
            WsServer server = world.Server.Server;
            Assert.Equal(200, world.Get("/metrics", "Authorization: Bearer the-first-token-of-many").StatusCode);
            File.WriteAllText(file, "the-second-token-of-many");
            WsServerOptions options = server.Options.Clone();
            options.AllowedHosts = "other.example";
            server.ApplyOptions(options);
            Assert.Equal(401, world.Get("/metrics", "Authorization: Bearer the-first-token-of-many").StatusCode);
            Assert.Equal(200, world.Get("/metrics", "Authorization: Bearer the-second-token-of-many").StatusCode);
            string line = world.Server.Log.Entries.Last(static entry => entry.Id == 30).Message;
            Assert.Equal("Options have changed: AllowedHosts, AdminTokenFile.", line);
            Assert.Equal(421, world.Send("GET /healthz HTTP/1.1\r\nHost: server.example\r\n\r\n").StatusCode);
            File.WriteAllText(file, "short");
            string refused = Assert.Throws<WsOptionException>(() => server.ApplyOptions(options)).Message;
            Assert.Contains("must have one line of 16 to 1024 visible ASCII characters", refused, StringComparison.Ordinal);
            Assert.Equal(200, world.Get("/metrics", "Authorization: Bearer the-second-token-of-many").StatusCode);
        }

        File.Delete(file);
    }

    private Response Ask(params string[] headers) => _server.Connect().Ask("/echo", headers);

    private void Apply(Action<WsServerOptions> change)
    {
        WsServerOptions options = _server.Server.Options.Clone();
        change(options);
        Assert.Empty(_server.Server.ApplyOptions(options));
        _server.Run();
    }

    private string Line(int id) => _server.Log.Entries.Last(entry => entry.Id == id).Message;
}
