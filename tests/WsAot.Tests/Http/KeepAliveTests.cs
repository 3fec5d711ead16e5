using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Http;

public sealed class KeepAliveTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public void Requests_follow_each_other_on_one_connection()
    {
        TestClient client = _site.Connect();
        string[] paths = ["/hello", "/", "/healthz", "/nowhere", "/hello?name=b"];
        int[] statuses = [200, 200, 200, 404, 200];
        for (int i = 0; i < paths.Length; i++)
        {
            Response response = Assert.Single(Site.Ask(client, Site.Line("GET", paths[i])));
            Assert.Equal((statuses[i], null), (response.StatusCode, response["Connection"]));
        }

        Assert.False(client.Peer.IsServerShut);
        Assert.Equal(0, _site.Server.Pool.LentBytes);
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_order()
    {
        TestClient client = _site.Connect();
        string requests = Site.Line("GET", "/hello?name=1") + Site.Line("GET", "/wait") + Site.Post("/echo-body", "2")
            + Site.Line("GET", "/nowhere") + Site.Line("GET", "/hello?name=3");
        Assert.Equal("hello 1", Assert.Single(Site.Ask(client, requests)).Body);
        Assert.Empty(Site.Ask(client, Site.Line("GET", "/hello?name=4")));
        _site.LetOneGo();
        Assert.Equal(
            ["waited", "2", "404 Not Found: nothing is at that path\n", "hello 3", "hello 4"],
            Site.Read(client).Select(static response => response.Body));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(20_001)]
    [InlineData(30_011)]
    public void A_thousand_pipelined_requests_are_answered_however_they_are_cut(int size)
    {
        TestClient client = _site.Connect();
        IEnumerable<string> requests = Enumerable.Range(0, 1000).Select(static i => Site.Line("GET", $"/hello?name={i}"));
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(requests));
        for (int at = 0; at < bytes.Length; at += size) client.Peer.Send(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
        _site.Server.Run();
        IEnumerable<string> bodies = Site.Read(client).Select(static response => response.Body);
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => $"hello {i}"), bodies);
    }

    [Theory]
    [InlineData("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close")]
    [InlineData("GET /hello HTTP/1.0\r\n\r\n", "close")]
    [InlineData("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive")]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close")]
    public void The_client_says_whether_the_connection_goes_on(string request, string connection)
    {
        TestClient client = _site.Connect();
        Response response = Site.Ask(client, request + Site.Line("GET", "/hello"))[0];
        Assert.Equal(connection, response["Connection"]);
        Assert.Equal(connection == "close", client.Peer.IsServerShut);
        client.Shutdown();
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("nonsense\r\n", 400)]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", 426)]
    [InlineData("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505)]
    public void A_later_request_that_is_refused_ends_the_connection(string request, int statusCode)
    {
        TestClient client = _site.Connect();
        List<Response> responses = Site.Ask(client, Site.Line("GET", "/hello") + request);
        Assert.Equal([200, statusCode], responses.Select(static response => response.StatusCode));
        Assert.True(client.Peer.IsServerShut);
        Assert.Empty(Site.Ask(client, Site.Line("GET", "/hello")));
    }

    [Fact]
    public void A_later_request_may_be_an_upgrade()
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("GET", "/hello"));
        Assert.Equal(101, client.Ask("/echo").StatusCode);
        client.Say("hi");
        Assert.Equal("hi", client.NextText());
        Assert.Equal(1, _site.Server.Server.Context.Connections.Taken);
    }

    [Fact]
    public void A_pipelined_upgrade_opens_and_frames_behind_it_are_refused()
    {
        TestClient client = _site.Connect();
        client.SendRaw(Encoding.ASCII.GetBytes(Site.Line("GET", "/hello")), TestClient.UpgradeRequest("/echo"));
        string text = Encoding.ASCII.GetString(client.Peer.Take());
        Assert.Contains("HTTP/1.1 101 ", text, StringComparison.Ordinal);
        client.Say("hi");
        Assert.Equal("hi", client.NextText());

        TestClient eager = _site.Connect();
        eager.SendRaw(Encoding.ASCII.GetBytes(Site.Line("GET", "/hello")), TestClient.UpgradeRequest("/echo"), Frame.Text("x"));
        Assert.Equal([200, 400], Site.Read(eager).Select(static response => response.StatusCode));
    }

    [Fact]
    public void An_idle_connection_is_closed_after_the_keep_alive_timeout()
    {
        using var site = new Site(configure: static options => (options.HandshakeTimeoutMs, options.KeepAliveTimeoutMs) = (6000, 3000));
        TestClient client = site.Connect();
        site.Server.AdvanceTo(5000);
        Site.Ask(client, Site.Line("GET", "/hello"));
        site.Server.AdvanceTo(TestServer.AtTick(8000) - 1);
        Assert.False(client.Peer.IsClosed);
        site.Server.AdvanceTo(TestServer.AtTick(8000));
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
    }

    [Fact]
    public void The_head_of_a_later_request_has_the_handshake_timeout()
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("GET", "/hello"));
        _site.Server.AdvanceTo(5000);
        Site.Ask(client, "GET /hel");
        _site.Server.AdvanceTo(TestServer.AtTick(15_000));
        Assert.Equal(408, Assert.Single(Site.Read(client)).StatusCode);
    }

    [Fact]
    public void Idle_connections_give_way_when_the_limit_is_reached()
    {
        using var site = new Site(configure: static options => options.MaxConnections = 3);
        TestClient first = site.Connect();
        TestClient second = site.Connect();
        Site.Ask(first, Site.Line("GET", "/hello"));
        Site.Ask(second, Site.Line("GET", "/hello"));
        TestClient open = site.Server.Open("/echo");
        Assert.False(first.Peer.IsClosed || second.Peer.IsClosed);
        TestClient next = site.Server.Open("/echo");
        Assert.True(first.Peer.IsClosed && !second.Peer.IsClosed);
        Assert.Equal(3, site.Server.Server.Context.Connections.Taken);
        open.Say("hi");
        next.Say("hi");
        Assert.Equal(("hi", "hi"), (open.NextText(), next.NextText()));
    }

    [Fact]
    public void A_connection_is_not_kept_while_few_places_are_left()
    {
        using var site = new Site(configure: static options => options.MaxConnections = 8);
        for (int i = 0; i < 5; i++) site.Server.Open("/echo");
        Assert.Null(site.Get("/hello")["Connection"]);
        site.Server.Open("/echo");
        Assert.Equal("close", site.Get("/hello")["Connection"]);
    }

    [Fact]
    public void Beyond_the_limit_a_request_is_answered_and_the_connection_ends()
    {
        using var site = new Site(configure: static options => options.MaxConnections = 1);
        site.Server.Open("/echo");
        Response response = site.Get("/hello");
        Assert.Equal((200, "close"), (response.StatusCode, response["Connection"]));
    }

    [Fact]
    public async Task A_stopping_server_closes_idle_connections_and_answers_what_it_was_asked()
    {
        TestClient idle = _site.Connect();
        TestClient asking = _site.Connect();
        TestClient reading = _site.Connect();
        Site.Ask(idle, Site.Line("GET", "/hello"));
        Site.Ask(asking, Site.Line("GET", "/wait"));
        Site.Ask(reading, Site.Line("POST", "/echo-body", "Content-Length: 5"));
        Task stop = _site.Server.Server.StopAsync();
        _site.Server.Run();
        Assert.True(idle.Peer.IsClosed && reading.Peer.IsClosed && !asking.Peer.IsClosed);
        _site.LetOneGo();
        Response response = Assert.Single(Site.Read(asking));
        Assert.Equal(("waited", "close"), (response.Body, response["Connection"]));
        asking.Shutdown();
        _site.Server.Advance(20);
        await stop;
    }

    [Fact]
    public void A_client_that_reads_no_answers_is_not_read_and_holds_no_more_than_one_piece()
    {
        using var site = new Site(static builder => builder.MapGet("/big", static _ => WsResponse.Bytes(new byte[1 << 20], "a/b")));
        TestClient client = site.Connect();
        client.Peer.WindowBytes = 1000;
        client.SendRaw(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Site.Line("GET", "/big"), 20))));
        Assert.InRange(site.Server.Pool.LentBytes, 1, 384 * 1024);
        client.Peer.WindowBytes = int.MaxValue;
        site.Server.Run();
        int total = 0;
        for (byte[] taken = client.Peer.Take(); taken.Length > 0; taken = client.Peer.Take())
        {
            total += taken.Length;
            site.Server.Run();
        }

        Assert.InRange(total, 20 << 20, (20 << 20) + 8000);
    }

    [Fact]
    public void Answers_without_a_body_wait_for_such_a_client_too()
    {
        const int Count = 1300;
        TestClient client = _site.Connect();
        client.Peer.WindowBytes = 1000;
        client.SendRaw(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Site.Line("HEAD", "/hello"), Count))));
        Assert.InRange(_site.Server.Pool.LentBytes, 1, 160 * 1024);
        client.Peer.WindowBytes = int.MaxValue;
        _site.Server.Run();
        var answers = new List<Response>();
        for (int known = -1; known != answers.Count; _site.Server.Run())
        {
            known = answers.Count;
            answers.AddRange(Site.Read(client, isHead: true));
        }

        Assert.Equal(Count, answers.Count);
    }

    [Fact]
    public void A_client_that_stops_reading_an_answer_is_reset()
    {
        using var site = new Site(static builder => builder.MapGet("/big", static _ => WsResponse.Bytes(new byte[1 << 20], "a/b")));
        TestClient client = site.Connect();
        client.Peer.WindowBytes = 1000;
        client.SendRaw(Encoding.ASCII.GetBytes(Site.Line("GET", "/big")));
        site.Server.AdvanceTo(TestServer.AtTick(5000) - 1);
        Assert.False(client.Peer.IsClosed);
        site.Server.AdvanceTo(TestServer.AtTick(5000));
        Assert.True(client.Peer.IsReset);
    }

    [Fact]
    public void A_client_that_ends_its_side_gets_the_answers_it_has_asked_for()
    {
        TestClient client = _site.Connect();
        client.Peer.Send(Encoding.ASCII.GetBytes(Site.Line("GET", "/hello?name=1") + Site.Line("GET", "/hello?name=2")));
        client.Shutdown();
        Assert.Equal(["hello 1", "hello 2"], Site.Read(client).Select(static response => response.Body));
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
    }
}
