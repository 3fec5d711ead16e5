using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

/// <summary>
/// Every refusal, and every connection that the server ends, leaves a line at the default level: what was asked, what was wrong, and which
/// option decides it. So many a second; the others are counted.
/// </summary>
public sealed class RefusalLogTests : IDisposable
{
    private TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(
        "GET /echo HTTP/1.0\r\nHost: a\r\nUpgrade: websocket\r\n\r\n", 426,
        "GET /echo for host 'a'", "A WebSocket needs HTTP/1.1, but this is HTTP/1.0. You may have to configure a proxy.")]
    [InlineData(
        "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", 426,
        "GET /echo for host 'a'", "The Upgrade header must name websocket; there is no such header. A proxy may have removed it.")]
    [InlineData(
        "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n", 426,
        "GET /echo for host 'a'", "The Upgrade header must name websocket: 'h2c'.")]
    [InlineData("GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "GET /echo for host 'a'", "The Host header is repeated: 'a'.")]
    [InlineData("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404, "GET /nothing for host 'a'", "nothing is at that path")]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, "GET /%zz for host 'a'", "the path is malformed: '/%zz'")]
    [InlineData("PUT /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 405, "PUT /healthz for host 'a'", "that path allows only GET and HEAD")]
    [InlineData(
        "GET / HTTP/1.1\r\nHost : a\r\n", 400,
        "a request", "A header line must be a name, a colon and a value, ended by CRLF: 'Host '.")]
    [InlineData(
        "GET / HTTP/1.1 \r\n", 400,
        "a request", "The first line must be a method, a target and HTTP/1.1, with one space between them: 'GET / HTTP/1.1 '.")]
    public void A_refusal_says_what_was_asked_and_what_was_wrong(string request, int statusCode, string asked, string reason)
    {
        Response response = _server.Send(request);
        Assert.Equal(statusCode, response.StatusCode);
        Assert.Contains(reason, response.Body, StringComparison.Ordinal);
        Assert.Equal($"Refused {asked} from 127.0.0.1:10000 with {statusCode}: {reason}", Line(7));
    }

    [Fact]
    public void A_client_that_speaks_TLS_to_a_plain_port_is_known_and_the_option_is_named()
    {
        Assert.Equal(400, _server.Send("\u0016\u0003\u0001\u0002").StatusCode);
        Assert.Equal(
            "Refused a request from 127.0.0.1:10000 with 400: This port expects HTTP (ws://), but received TLS (wss://). (see --urls)",
            Line(7));
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n!")]
    public void A_proxy_that_names_its_client_where_nobody_expects_it_is_known_and_the_option_is_named(string header)
    {
        Assert.Equal(400, _server.Send(header).StatusCode);
        Assert.Equal(
            "Refused a request from 127.0.0.1:10000 with 400: This port expects HTTP, but received a PROXY protocol header. "
            + "(see --proxy-protocol)",
            Line(7));
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: a, b=c", "has a character that a token cannot have: '='.")]
    [InlineData("Sec-WebSocket-Protocol: a, b, a", "A name comes twice in the Sec-WebSocket-Protocol header.")]
    [InlineData("Sec-WebSocket-Extensions: a b", "The Sec-WebSocket-Extensions header does not follow its grammar: 'a b'.")]
    public void A_handshake_that_is_wrong_is_told_where(string header, string reason)
    {
        Assert.Contains(reason, _server.Connect().Ask("/echo", header).Body, StringComparison.Ordinal);
        Assert.Contains(reason, Line(7), StringComparison.Ordinal);
    }

    [Fact]
    public void An_origin_that_is_refused_is_named_with_its_host_and_the_option()
    {
        Assert.Equal(403, _server.Connect().Ask("/echo", "Origin: https://evil.example").StatusCode);
        Assert.Equal(
            "Refused GET /echo for host 'server.example', origin 'https://evil.example', from 127.0.0.1:10000 with 403: the origin "
            + "'https://evil.example' is not allowed for the host 'server.example' (see --allowed-origins)",
            Line(7));
        Assert.Equal(LogLevel.Information, _server.Log.Entries.Single(static entry => entry.Id == 7).Level);
    }

    [Fact]
    public void What_a_client_wrote_is_cut_and_escaped()
    {
        TestClient client = _server.Connect();
        client.SendRaw([.. "GET /\\"u8, 0x1B, .. new byte[200], 13, 10]);
        Assert.Equal(400, client.ReadRefusal().StatusCode);
        string line = Line(7);
        Assert.DoesNotContain('\u001B', line);
        Assert.Contains("'GET /\\x5C\\x1B\\x00", line, StringComparison.Ordinal);
        Assert.Contains("\\x00...'", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: a, pass=word")]
    [InlineData("Sec-WebSocket-Protocol: password, password")]
    [InlineData("Authorization: Bearer password\u0001")]
    public void A_password_is_neither_logged_nor_sent_back(string header)
    {
        Assert.DoesNotContain("word", _server.Connect().Ask("/echo", header).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("word", Line(7), StringComparison.Ordinal);
    }

    [Fact]
    public void An_origin_that_no_browser_sends_is_taken_with_a_warning()
    {
        const string Origin = "https://github.com/gilmaimon/TinyWebsockets";
        Restart(static options => options.AllowedOrigins = Origin);
        Assert.Equal(101, _server.Connect().Ask("/echo", "Origin: " + Origin).StatusCode);
        Assert.Contains(Origin, Line(22), StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_that_does_not_take_the_rest_is_logged_too()
    {
        _server.Script.OnText(static (connection, _) =>
        {
            connection.Send(new string('x', 10_000));
            connection.Close();
        });
        TestClient client = _server.Open("/script");
        client.Peer.WindowBytes = 10;
        client.Say("go");
        _server.Advance(6000);
        Assert.True(client.Peer.IsReset);
        Assert.EndsWith("read less than 1 KiB in 5000 ms; the rest is lost (see --close-timeout-ms)", Line(6), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_too_long_names_its_option()
    {
        Assert.Equal(414, _server.Get("/" + new string('a', 2048)).StatusCode);
        Assert.EndsWith("with 414: the path has 2049 bytes (limit 2048) (see --max-path-bytes)", Line(7), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_TLS_is_another_origin_where_a_proxy_speaks_of_TLS()
    {
        Assert.Equal(101, _server.Connect().Ask("/echo", "Origin: http://server.example").StatusCode);
        Assert.Equal(101, _server.Connect().Ask("/echo", "Origin: https://server.example", "X-Forwarded-Proto: https").StatusCode);
        Assert.Equal(403, _server.Connect().Ask("/echo", "Origin: http://server.example", "X-Forwarded-Proto: https").StatusCode);
        Assert.EndsWith(
            "the origin 'http://server.example' is not allowed for the host 'server.example': a proxy says that the client "
            + "connected with TLS, but the page was loaded without (see --allowed-origins)",
            Line(7),
            StringComparison.Ordinal);
        Restart(static options => options.AllowedOrigins = "http://server.example");
        Assert.Equal(101, _server.Connect().Ask("/echo", "Origin: http://server.example", "X-Forwarded-Proto: https").StatusCode);
    }

    [Fact]
    public void A_flood_of_one_answer_does_not_hide_the_others()
    {
        for (int i = 0; i < 100; i++) _server.Get("/nothing");
        int before = Lines(7).Count;
        Assert.Equal(PeerLog.MaxLinesPerSecond, before);
        _server.Connect().Ask("/echo", "Origin: https://foreign.example");
        Assert.Equal(before + 1, Lines(7).Count);
    }

    [Fact]
    public void A_flood_of_one_kind_does_not_hide_the_others()
    {
        for (int i = 0; i < 100; i++) _server.Get("/nothing");
        TestClient client = _server.Open("/echo");
        client.SendRaw([0xC1, 0x80]);
        Assert.Single(Lines(6));
    }

    [Fact]
    public void Limits_and_timeouts_name_their_options()
    {
        Restart(static options => (options.MaxHeadBytes, options.MaxHeaderCount, options.MaxConnections) = (400, 6, 4));
        _server.Send("GET / HTTP/1.1\r\nA: " + new string('a', 400));
        _server.Send("GET / HTTP/1.1\r\nA: a\r\nB: b\r\nC: c\r\nD: d\r\nE: e\r\nF: f\r\nG: g\r\n\r\n");
        TestClient slow = _server.Connect();
        slow.SendRaw("G"u8.ToArray());
        _server.Advance(10_100);
        for (int i = 0; i < 3; i++) _server.Open("/echo");
        Assert.Equal(503, _server.Connect().Ask("/echo").StatusCode);
        Assert.Equal(
            ["--max-head-bytes", "--max-header-count", "--handshake-timeout-ms", "--max-connections"],
            Lines(7).Select(static line => line[(line.IndexOf("(see ", StringComparison.Ordinal) + 5)..^1]));
    }

    [Theory]
    [InlineData("too large", "The message is larger than 1000 bytes. Closed with 1009 (10.4) (see --max-message-bytes)")]
    [InlineData("too many", "The message has more than 2 fragments. Closed with 1008 (10.4) (see --max-fragments)")]
    [InlineData("wrong", "A reserved bit is set without an extension that defines it. Closed with 1002 (5.2)")]
    [InlineData("idle", "no message for 5000 ms; closed with 1001 (see --idle-timeout-ms)")]
    [InlineData("silent", "the client answered no ping and read no output for 1000 ms (see --pong-timeout-ms)")]
    [InlineData(
        "slow",
        "1002 bytes of output are pending (limit 1000); closed with 1008 (see --max-pending-output-bytes and --slow-consumer)")]
    [InlineData("binary", "this route takes no binary messages; closed with 1003")]
    public void A_connection_that_the_server_ends_says_why(string what, string reason)
    {
        Restart(options =>
        {
            (options.MaxMessageBytes, options.MaxFragments, options.MaxPendingOutputBytes) = (1000, 2, 1000);
            (options.IdleTimeoutMs, options.PongTimeoutMs) = (what == "idle" ? 5000 : 0, 1000);
            options.SlowConsumer = SlowConsumerPolicy.Close;
        });
        TestClient client = _server.Open(what == "slow" ? "/room/a" : what == "binary" ? "/text-only" : "/echo");
        switch (what)
        {
            case "too large":
                client.SendRaw(Frame.Binary(new byte[1001]));
                break;
            case "too many":
                client.SendRaw(Frame.Text("a", fin: false), [0x00, 0x80, 0, 0, 0, 0], [0x00, 0x80, 0, 0, 0, 0]);
                break;
            case "wrong":
                client.SendRaw([0xC1, 0x80]);
                break;
            case "slow":
                client.Peer.WindowBytes = 0;
                PublishAll(3);
                break;
            case "binary":
                client.SendRaw(Frame.Binary([1]));
                break;
            default:
                _server.Advance(30_000);
                break;
        }

        Assert.EndsWith($" from 127.0.0.1:10000: {reason}", Lines(6)[0], StringComparison.Ordinal);
        Assert.StartsWith("Ended connection 1 on /", Lines(6)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_a_slow_consumer_does_not_get_is_logged()
    {
        Restart(static options => options.MaxPendingOutputBytes = 1000);
        TestClient client = _server.Open("/room/a");
        client.Peer.WindowBytes = 0;
        PublishAll(5);
        // One line for each time that the output is full.
        Assert.Single(Lines(19));
        client.Peer.WindowBytes = int.MaxValue;
        _server.Run();
        client.Peer.WindowBytes = 0;
        client.Peer.Take();
        PublishAll(3);
        Assert.Equal(2, Lines(19).Count);
        Assert.Equal(
            "Dropped a published message for connection 1 on /room/a from 127.0.0.1:10000: its output limit is reached. "
            + "See --max-pending-output-bytes and --slow-consumer.",
            Lines(19)[0]);
    }

    [Fact]
    public void So_many_lines_a_second_are_written_and_the_others_counted()
    {
        for (int i = 0; i < 100; i++) _server.Get("/nothing");
        Assert.Equal(PeerLog.MaxLinesPerSecond, Lines(7).Count);
        Assert.Empty(Lines(18));
        _server.Advance(1000);
        Assert.StartsWith("80 more lines ", Line(18), StringComparison.Ordinal);
        for (int i = 0; i < 10; i++) _server.Get("/nothing");
        _server.Advance(1000);
        Assert.Equal(PeerLog.MaxLinesPerSecond + 10, Lines(7).Count);
        Assert.Single(Lines(18));
    }

    /// <summary>One after the other: only what the kernel has refused counts.</summary>
    private void PublishAll(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _server.Server.PublishBinary("a", new byte[998]);
            _server.Run();
        }
    }

    private string Line(int id) => Assert.Single(Lines(id));

    private List<string> Lines(int id) => [.. _server.Log.Entries.Where(entry => entry.Id == id).Select(static entry => entry.Message)];

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = new TestServer(configure);
    }
}
