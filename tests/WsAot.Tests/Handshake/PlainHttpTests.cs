using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

public sealed class PlainHttpTests : IDisposable
{
    /// <summary>When a client that has its answer and stays is reset: after the timeout, in two halves.</summary>
    private static readonly long s_lingerEnd = TestServer.AtTick(TestServer.AtTick(2500) + 2500);

    private readonly TestServer _server = new(
        static options => (options.MaxHeadBytes, options.MaxHeaderCount) = (512, 10),
        build: static builder => builder.AddPage("/", "text/html; charset=utf-8", "<p>é</p>"u8.ToArray()));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_page_has_its_type_length_and_date()
    {
        Response response = _server.Get("/");
        Assert.Equal((200, "<p>é</p>"), (response.StatusCode, response.Body));
        Assert.Equal("text/html; charset=utf-8", response["Content-Type"]);
        Assert.Equal("9", response["Content-Length"]);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 GMT", response["Date"]);
        Assert.Equal("close", response["Connection"]);
        Assert.Equal("no-cache", response["Cache-Control"]);
        Assert.Equal("nosniff", response["X-Content-Type-Options"]);
        Assert.Equal(200, _server.Get("/?query").StatusCode);
    }

    [Fact]
    public void Health_is_told() => Assert.Equal((200, "ok\n"), (_server.Get("/healthz").StatusCode, _server.Get("/healthz").Body));

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/echo", 426)]
    public void The_answer_to_HEAD_has_a_length_and_no_content(string path, int statusCode)
    {
        TestClient client = _server.Connect();
        client.SendRaw(Encoding.ASCII.GetBytes($"HEAD {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        Response response = client.ReadRefusal(isHead: true);
        Assert.Equal((statusCode, ""), (response.StatusCode, response.Body));
        Assert.NotEqual("0", response["Content-Length"]);
    }

    [Theory]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [InlineData("GET /echo/more HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /../echo HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("OPTIONS / HTTP/1.0\r\n\r\n", 200)]
    [InlineData("OPTIONS /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("OPTIONS /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [InlineData("OPTIONS /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("OPTIONS / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400)]
    [InlineData("OPTIONS / HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001\u0002", 400)]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 405)]
    public void A_request_gets_the_status_that_it_deserves(string request, int statusCode) =>
        Assert.Equal(statusCode, _server.Send(request).StatusCode);

    [Fact]
    public void A_page_allows_GET_and_HEAD() =>
        Assert.Equal("GET, HEAD, OPTIONS", _server.Send("PUT / HTTP/1.1\r\nHost: a\r\n\r\n")["Allow"]);

    [Fact]
    public void A_route_asks_for_the_upgrade()
    {
        Response response = _server.Get("/echo");
        Assert.Equal(426, response.StatusCode);
        Assert.Equal("websocket", response["Upgrade"]);
        Assert.Equal("Upgrade, close", response["Connection"]);
        Assert.Equal("13", response["Sec-WebSocket-Version"]);
    }

    [Fact]
    public void A_head_that_is_too_large_is_refused_when_it_passes_the_limit()
    {
        Assert.Equal(431, _server.Send($"GET /{new string('a', 600)}").StatusCode);
        TestClient client = _server.Connect();
        byte[] head = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nX: {new string('a', 600)}");
        for (int i = 0; i < head.Length; i++) client.Peer.Send(head.AsSpan(i, 1));
        _server.Run();
        Assert.Equal(431, client.ReadRefusal().StatusCode);
        Assert.Equal(431, _server.Send("GET / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("X: a\r\n", 11))).StatusCode);
    }

    [Fact]
    public void A_head_may_come_byte_by_byte()
    {
        TestClient client = _server.Connect();
        foreach (byte value in "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray()) client.SendRaw([value]);
        Assert.Equal(200, client.ReadRefusal().StatusCode);
    }

    [Fact]
    public void After_the_answer_the_rest_is_read_and_the_peers_fin_ends_it()
    {
        TestClient client = _server.Connect();
        client.SendRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), new byte[1000]);
        Assert.Equal(200, client.ReadRefusal().StatusCode);
        client.SendRaw(new byte[1000]);
        Assert.False(client.Peer.IsClosed);
        client.Shutdown();
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
    }

    [Fact]
    public void A_peer_that_stays_after_the_answer_is_reset()
    {
        TestClient client = _server.Connect();
        client.SendRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        _server.AdvanceTo(s_lingerEnd - 1);
        Assert.False(client.Peer.IsClosed);
        _server.AdvanceTo(s_lingerEnd);
        Assert.True(client.Peer.IsReset);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(100_000)]
    public void So_is_one_that_has_taken_a_large_answer_at_once(int bytes)
    {
        using var server = new TestServer(build: builder => builder.AddPage("/large", "text/plain", new byte[bytes]));
        TestClient client = server.Connect();
        client.SendRaw("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        client.Peer.Take();
        server.AdvanceTo(s_lingerEnd - 1);
        Assert.False(client.Peer.IsClosed);
        server.AdvanceTo(s_lingerEnd);
        Assert.True(client.Peer.IsClosed);
    }

    [Fact]
    public void One_that_takes_the_last_of_its_answer_late_may_still_end_its_side()
    {
        using var server = new TestServer(build: static builder => builder.AddPage("/large", "text/plain", new byte[10_000]));
        TestClient client = server.Connect();
        client.Peer.WindowBytes = 4000;
        client.SendRaw("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        server.AdvanceTo(4900);
        int taken = client.Peer.Take().Length;
        server.AdvanceTo(9900);
        Assert.False(client.Peer.IsClosed);
        client.Peer.WindowBytes = int.MaxValue;
        server.Run();
        Assert.InRange(taken + client.Peer.Take().Length, 10_000, 11_000);
        server.AdvanceTo(9900 + 2500);
        Assert.False(client.Peer.IsClosed);
        server.AdvanceTo(9900 + 5000 + 64);
        Assert.True(client.Peer.IsClosed);
    }

    [Fact]
    public void A_peer_that_goes_before_it_has_asked_leaves_nothing()
    {
        TestClient half = _server.Connect();
        half.SendRaw("GET / HT"u8.ToArray());
        half.Shutdown();
        Assert.True(half.Peer.IsClosed && half.Peer.Received.IsEmpty);
        _server.Connect().Reset();
    }

    [Fact]
    public void A_head_that_takes_too_long_is_answered_with_408()
    {
        TestClient client = _server.Connect();
        _server.AdvanceTo(9000);
        client.SendRaw("GET / HTTP/1.1\r\n"u8.ToArray());
        _server.AdvanceTo(TestServer.AtTick(10_000) - 1);
        Assert.True(client.Peer.Received.IsEmpty);
        _server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.Equal(408, client.ReadRefusal().StatusCode);
    }

    [Theory]
    [InlineData("page", "text/html")]
    [InlineData("/a b", "text/html")]
    [InlineData("/a?b", "text/html")]
    [InlineData("/a", "")]
    [InlineData("/a", "text/html\r\nX: y")]
    public void A_page_that_cannot_be_sent_is_refused(string path, string contentType) =>
        Assert.Throws<ArgumentException>(() => WsServer.CreateBuilder(WsRoutes.Table).AddPage(path, contentType, []));
}
