using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>Requests that are slow, huge, or meant for somebody behind us.</summary>
public sealed class HandshakeTests : IDisposable
{
    private const string Good =
        "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private TestServer _server = new(static options => options.AllowedOrigins = "https://app.example");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_thousand_heads_that_come_byte_by_byte_and_never_end_are_ended_in_time()
    {
        long before = _server.Pool.LentBytes;
        TestClient[] clients = [.. Enumerable.Range(0, 1000).Select(_ => _server.Connect())];
        for (int second = 0; second < 9; second++)
        {
            foreach (TestClient client in clients) client.Peer.Send(Encoding.ASCII.GetBytes(Good[second..(second + 1)]));
            _server.Advance(1000);
        }

        // A byte a second keeps nobody in: the whole head has the time, not each byte. And it costs what it brings.
        Assert.InRange(_server.Pool.LentBytes - before, 0, 64 * clients.Length);
        TestClient honest = _server.Open("/echo");
        _server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.All(clients, static client => Assert.Equal(408, client.ReadRefusal().StatusCode));
        Assert.Equal(before, _server.Pool.LentBytes);
        honest.Say("hi");
        Assert.Equal("hi", honest.NextText());
        // They have read the answer and do not go: then TCP is ended for them.
        _server.Advance(6000);
        Assert.All(clients, static client => Assert.True(client.Peer.IsClosed && !client.Peer.IsReset));
        Assert.Equal(1, _server.Server.ConnectionCount);
    }

    [Fact]
    public void Every_head_that_stops_somewhere_is_ended()
    {
        TestClient[] clients = [.. Enumerable.Range(0, Good.Length).Select(_ => _server.Connect())];
        for (int i = 0; i < Good.Length; i++) clients[i].Peer.Send(Encoding.ASCII.GetBytes(Good[..i]));
        _server.Run();
        Assert.All(clients, static client => Assert.True(client.Peer.Received.IsEmpty));
        _server.AdvanceTo(TestServer.AtTick(10_000));
        // On the first nothing was asked, so nothing is answered.
        Assert.True(clients[0].Peer.IsClosed && clients[0].Peer.Received.IsEmpty);
        Assert.All(clients[1..], static client => Assert.Equal(408, client.ReadRefusal().StatusCode));
    }

    public static TheoryData<string, int, string> Bombs => new()
    {
        { "headers", 431, "GET /echo HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 101)) },
        { "one header without end", 431, "GET /echo HTTP/1.1\r\nA: " + new string('b', 17_000) },
        { "a name without end", 431, "GET /echo HTTP/1.1\r\n" + new string('a', 17_000) },
        { "a path without end", 431, "GET /" + new string('a', 17_000) },
        { "a method without end", 431, new string('G', 17_000) },
        { "whitespace without end", 431, "GET /echo HTTP/1.1\r\nA:" + new string(' ', 17_000) },
        { "whitespace before the method", 400, " GET /echo HTTP/1.1\r\n" },
        { "empty lines without end", 400, string.Concat(Enumerable.Repeat("\r\n", 5000)) },
        { "whitespace before the colon", 400, "GET /echo HTTP/1.1\r\nHost : a\r\n" },
        { "whitespace before the first name", 400, "GET /echo HTTP/1.1\r\n Host: a\r\n" },
        { "a folded line", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade:\r\n websocket\r\n" },
        { "a line folded by a tab", 400, "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade:\r\n\twebsocket\r\n" },
        { "a bare line feed after the request line", 400, "GET /echo HTTP/1.1\nHost: a\r\n" },
        { "a bare line feed after a header", 400, "GET /echo HTTP/1.1\r\nHost: a\nUpgrade: websocket\r\n" },
        { "a bare line feed at the end", 400, Good[..^2] + "\n" },
        { "a bare carriage return", 400, "GET /echo HTTP/1.1\r\nHost: a\rUpgrade: websocket\r\n" },
        { "NUL in a value", 400, "GET /echo HTTP/1.1\r\nHost: a\0b\r\n" },
        { "NUL in a name", 400, "GET /echo HTTP/1.1\r\nHo\0st: a\r\n" },
        { "NUL in the path", 400, "GET /ec\0ho HTTP/1.1\r\n" },
        { "no colon", 400, "GET /echo HTTP/1.1\r\nHost\r\n" },
        { "an empty name", 400, "GET /echo HTTP/1.1\r\n: a\r\n" },
        {
            "two keys",
            400,
            Good.Replace("Connection", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nConnection", StringComparison.Ordinal)
        },
        { "two versions", 400, Good.Replace("Connection", "Sec-WebSocket-Version: 13\r\nConnection", StringComparison.Ordinal) },
        { "two hosts", 400, Good.Replace("Connection", "Host: a\r\nConnection", StringComparison.Ordinal) },
        {
            "two origins",
            400,
            Good.Replace("Connection", "Origin: https://app.example\r\nOrigin: https://app.example\r\nConnection", StringComparison.Ordinal)
        },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_head_that_is_a_weapon_is_refused_as_soon_as_it_shows(string what, int statusCode, string head)
    {
        ArgumentNullException.ThrowIfNull(what);
        Assert.Equal(statusCode, _server.Send(head).StatusCode);
        TestClient slow = _server.Connect();
        foreach (byte one in Encoding.ASCII.GetBytes(head)) slow.Peer.Send([one]);
        _server.Run();
        Assert.Equal(statusCode, slow.ReadRefusal().StatusCode);
    }

    [Fact]
    public void Thousands_of_tokens_are_refused_or_ignored_however_large_the_head_may_be()
    {
        _server.Dispose();
        _server = new TestServer(static options =>
            (options.MaxHeadBytes, options.MaxHeaderCount, options.Compression) = (1024 * 1024, 10_000, WsCompression.Shared));
        string Protocols(int count) =>
            "Sec-WebSocket-Protocol: " + string.Join(',', Enumerable.Range(0, count).Select(static i => $"p{i}"));
        Assert.Equal(101, _server.Connect().Ask("/echo", Protocols(64)).StatusCode);
        Assert.Equal(400, _server.Connect().Ask("/echo", Protocols(65)).StatusCode);
        Assert.Equal(400, _server.Connect().Ask("/echo", Protocols(100_000)).StatusCode);
        Assert.Equal(400, _server.Connect().Ask("/echo", [.. Enumerable.Repeat(Protocols(1), 2)]).StatusCode);
        Assert.Equal(101, _server.Connect().Ask("/echo", "Sec-WebSocket-Protocol: " + new string(',', 500_000)).StatusCode);

        string unknown = "Sec-WebSocket-Extensions: " + string.Join(',', Enumerable.Range(0, 50_000).Select(static i => $"x-{i};a=1"));
        Response response = _server.Connect().Ask("/echo", unknown);
        Assert.Equal((101, null), (response.StatusCode, response["Sec-WebSocket-Extensions"]));
        response = _server.Connect().Ask("/echo", unknown, Wire.Deflate);
        Assert.StartsWith("permessage-deflate", response["Sec-WebSocket-Extensions"], StringComparison.Ordinal);
        string bad = Wire.Deflate + string.Concat(Enumerable.Repeat("; client_max_window_bits", 20_000));
        Assert.Null(_server.Connect().Ask("/echo", bad)["Sec-WebSocket-Extensions"]);
        Assert.Equal(400, _server.Connect().Ask("/echo", unknown + ";=").StatusCode);
    }

    [Theory]
    [InlineData("a body by its length", 400, "Connection: Upgrade\r\n", "Connection: Upgrade\r\nContent-Length: 5\r\n")]
    [InlineData("a body in chunks", 400, "Connection: Upgrade\r\n", "Connection: Upgrade\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("a length that is no number", 400, "Connection: Upgrade\r\n", "Connection: Upgrade\r\nContent-Length: 0, 5\r\n")]
    [InlineData("two lengths", 400, "Connection: Upgrade\r\n", "Connection: Upgrade\r\nContent-Length: 0\r\nContent-Length: 0\r\n")]
    [InlineData("no word that it is an upgrade", 400, "Connection: Upgrade\r\n", "Connection: keep-alive\r\n")]
    [InlineData("a connection that only resembles", 400, "Connection: Upgrade\r\n", "Connection: Upgrades\r\n")]
    [InlineData("an upgrade to something else", 426, "Upgrade: websocket\r\n", "Upgrade: h2c\r\n")]
    [InlineData("an upgrade that only resembles", 426, "Upgrade: websocket\r\n", "Upgrade: websockets\r\n")]
    [InlineData("no upgrade", 426, "Upgrade: websocket\r\n", "")]
    [InlineData("HTTP/1.0", 426, "HTTP/1.1", "HTTP/1.0")]
    [InlineData("HTTP/2", 505, "HTTP/1.1", "HTTP/2.0")]
    [InlineData("HTTP/0.9", 400, " HTTP/1.1", "")]
    [InlineData("POST", 405, "GET", "POST")]
    [InlineData("CONNECT", 405, "GET", "CONNECT")]
    [InlineData("another case of GET", 405, "GET", "get")]
    [InlineData("a key that is too short", 400, "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ==")]
    [InlineData("a key that is empty", 400, "dGhlIHNhbXBsZSBub25jZQ==", "")]
    [InlineData("no host", 400, "Host: a\r\n", "")]
    [InlineData("an empty host", 400, "Host: a\r\n", "Host: \r\n")]
    [InlineData("a host with a user", 400, "Host: a\r\n", "Host: user@a\r\n")]
    [InlineData("a host with a path", 400, "Host: a\r\n", "Host: a/b\r\n")]
    [InlineData("two hosts in one", 400, "Host: a\r\n", "Host: a, b\r\n")]
    [InlineData("a host with a port that is none", 400, "Host: a\r\n", "Host: a:99999\r\n")]
    public void An_upgrade_that_could_mean_something_else_to_a_proxy_is_refused(string what, int statusCode, string part, string instead)
    {
        ArgumentNullException.ThrowIfNull(what);
        Assert.Contains(part, Good, StringComparison.Ordinal);
        Assert.Equal(statusCode, _server.Send(Good.Replace(part, instead, StringComparison.Ordinal)).StatusCode);
        Assert.Equal(0, _server.Server.ConnectionCount);
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("x")]
    public void Bytes_after_the_head_are_neither_frames_nor_a_second_request(string more)
    {
        // One answer, whatever follows: the connection ends with it.
        Response response = _server.Send(Good + more);
        Assert.Equal(400, response.StatusCode);
        Assert.DoesNotContain("HTTP/1.1", response.Body, StringComparison.Ordinal);
        response = _server.Send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + Good);
        Assert.Equal((200, "ok\n"), (response.StatusCode, response.Body));
    }

    [Theory]
    [InlineData(101, "https://app.example")]
    [InlineData(101, "HTTPS://APP.EXAMPLE")]
    [InlineData(403, "https://app.example:443.evil.example")]
    [InlineData(403, "https://app.example.")]
    [InlineData(403, "https://evil-app.example")]
    [InlineData(403, "https://app.exampl")]
    [InlineData(101, "https://app.example/")]
    [InlineData(403, "https://app.example@evil.example")]
    [InlineData(403, "https://evil.example#https://app.example")]
    [InlineData(403, "https://evil.example https://app.example")]
    [InlineData(403, "http://app.example")]
    [InlineData(403, "https://app.example:8443")]
    [InlineData(403, "//app.example")]
    [InlineData(403, "app.example")]
    [InlineData(403, "null")]
    [InlineData(403, "NULL")]
    [InlineData(403, "*")]
    [InlineData(403, "file://")]
    [InlineData(101, "http://server.example")]
    [InlineData(403, "http://server.example.evil.example")]
    [InlineData(403, "http://a.server.example")]
    [InlineData(403, "http://server.exampl")]
    [InlineData(403, "http://server.example:81")]
    [InlineData(403, "http://user@server.example")]
    [InlineData(403, "ftp://server.example")]
    public void An_origin_is_allowed_as_a_whole_or_not_at_all(int statusCode, string origin) =>
        Assert.Equal(statusCode, _server.Connect().Ask("/echo", "Origin: " + origin).StatusCode);
}
