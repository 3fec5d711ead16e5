using WsAot.Handshake;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Http;

public sealed class MappingTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public void A_mapped_path_is_answered_with_what_the_application_returns()
    {
        Response response = _site.Get("/hello?name=ann");
        Assert.Equal((200, "hello ann"), (response.StatusCode, response.Body));
        Assert.Equal("text/plain; charset=utf-8", response["Content-Type"]);
        Assert.Equal("9", response["Content-Length"]);
        Assert.Equal("no-cache", response["Cache-Control"]);
        Assert.Equal("nosniff", response["X-Content-Type-Options"]);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 GMT", response["Date"]);
        Assert.Null(response["Connection"]);
    }

    [Fact]
    public void HEAD_gets_the_headers_of_GET_and_no_content()
    {
        Response response = _site.Ask(Site.Line("HEAD", "/hello?name=ann"), isHead: true);
        Assert.Equal((200, "", "9"), (response.StatusCode, response.Body, response["Content-Length"]));
    }

    [Theory]
    [InlineData("DELETE", "/hello", 405, "GET, HEAD, OPTIONS")]
    [InlineData("GET", "/echo-body", 405, "POST, OPTIONS")]
    [InlineData("HEAD", "/echo-body", 405, "POST, OPTIONS")]
    [InlineData("get", "/hello", 405, "GET, HEAD, OPTIONS")]
    [InlineData("OPTIONS", "/hello", 200, "GET, HEAD, OPTIONS")]
    [InlineData("OPTIONS", "/echo-body", 200, "POST, OPTIONS")]
    [InlineData("POST", "/healthz", 405, "GET, HEAD, OPTIONS")]
    public void Other_methods_are_told_what_is_allowed(string method, string path, int statusCode, string allow)
    {
        Response response = _site.Ask(Site.Line(method, path), method == "HEAD");
        Assert.Equal((statusCode, allow), (response.StatusCode, response["Allow"]));
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/hello/", 404)]
    [InlineData("//hello", 404)]
    [InlineData("/Hello", 404)]
    [InlineData("/he%6Clo", 200)]
    [InlineData("/echo", 426)]
    [InlineData("/healthz", 200)]
    [InlineData("/", 200)]
    [InlineData("/hello/..", 400)]
    public void A_path_is_compared_as_a_whole(string path, int statusCode) => Assert.Equal(statusCode, _site.Get(path).StatusCode);

    [Theory]
    [InlineData("/throw")]
    [InlineData("/null")]
    public void What_the_application_throws_is_logged_and_answered_with_500(string path)
    {
        TestClient client = _site.Connect();
        Response response = Assert.Single(Site.Ask(client, Site.Line("GET", path)));
        Assert.Equal((500, "close"), (response.StatusCode, response["Connection"]));
        Assert.DoesNotContain("boom", response.Body, StringComparison.Ordinal);
        Assert.Single(_site.Server.Log.Entries, static entry => entry.Id == 40);
    }

    [Fact]
    public void An_asynchronous_answer_may_do_without_the_token()
    {
        using var site = new Site(static builder => builder
            .MapGet("/later", static async request =>
            {
                await Task.Yield();
                return WsResponse.Text($"later {string.Join(',', request.GetQueryValues("a"))}");
            })
            .MapPost("/later", Later)
            .Map("PUT", "/later", static async request => WsResponse.Text(await Task.FromResult(request.ReadText()))));
        Assert.Equal("later 1,b c", site.Ask(Site.Line("GET", "/later?a=1&x=2&a=b+c")).Body);
        Assert.Equal("later ", site.Ask(Site.Line("GET", "/later?A=1")).Body);
        Assert.Equal("posted", site.Ask(Site.Post("/later", "posted")).Body);

        static Task<WsResponse> Later(WsHttpRequest request) => Task.FromResult(WsResponse.Text(request.ReadText()));
    }

    [Fact]
    public void An_answer_may_take_a_while()
    {
        TestClient client = _site.Connect();
        Assert.Empty(Site.Ask(client, Site.Line("GET", "/wait")));
        _site.LetOneGo();
        Assert.Equal("waited", Assert.Single(Site.Read(client)).Body);
        Assert.Equal(200, Assert.Single(Site.Ask(client, Site.Line("GET", "/hello"))).StatusCode);
    }

    [Theory]
    [InlineData("/wait")]
    [InlineData("/until-cancelled")]
    public void An_answer_that_takes_too_long_is_cancelled_and_becomes_503(string path)
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("GET", path));
        _site.Server.AdvanceTo(TestServer.AtTick(10_000) - 1);
        Assert.False(_site.Tokens[0].IsCancellationRequested);
        _site.Server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.True(_site.Tokens[0].IsCancellationRequested);
        Response response = Assert.Single(Site.Read(client));
        Assert.Equal((503, "close"), (response.StatusCode, response["Connection"]));
        Assert.Contains("--handshake-timeout-ms", _site.Server.Log.Entries[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_site.Server.Log.Entries, static entry => entry.Id == 40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_that_goes_cancels_its_answer(bool hasEndedItsSide)
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("GET", "/until-cancelled"));
        if (hasEndedItsSide) client.Shutdown();
        Assert.False(_site.Tokens[0].IsCancellationRequested);
        client.Reset();
        Assert.True(_site.Tokens[0].IsCancellationRequested);
        Assert.DoesNotContain(_site.Server.Log.Entries, static entry => entry.Id == 40);
        ExpectNothingLeft();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_client_that_ends_its_side_while_it_is_answered_gets_the_answer_and_then_the_end(int more)
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("GET", "/wait") + string.Concat(Enumerable.Repeat(Site.Line("GET", "/hello"), more)));
        client.Shutdown();
        Assert.False(client.Peer.IsClosed || _site.Tokens[0].IsCancellationRequested);
        _site.LetOneGo();
        Response response = Site.Read(client)[0];
        Assert.Equal((200, "waited"), (response.StatusCode, response.Body));
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
        ExpectNothingLeft();
    }

    [Fact]
    public void A_client_that_ends_its_side_is_answered_with_503_when_that_takes_too_long()
    {
        TestClient client = _site.Connect();
        Site.Ask(client, Site.Line("GET", "/until-cancelled"));
        client.Shutdown();
        _site.Server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.Equal(503, Assert.Single(Site.Read(client)).StatusCode);
        Assert.True(client.Peer is { IsClosed: true, IsReset: false } && _site.Tokens[0].IsCancellationRequested);
        ExpectNothingLeft();
    }

    [Fact]
    public void A_webhook_publishes()
    {
        TestClient listener = _site.Server.Open("/echo");
        _site.Server.Server.GetConnections()[0].Subscribe("news");
        _site.Server.Run();
        Assert.Equal(204, _site.Ask(Site.Post("/publish", "it rains")).StatusCode);
        Assert.Equal("it rains", listener.NextText());
    }

    [Theory]
    [InlineData("/echo-body", "Origin: http://evil.example", 403)]
    [InlineData("/echo-body", "Origin: null", 403)]
    [InlineData("/echo-body", "Origin: http://a", 200)]
    [InlineData("/echo-body", "Origin: http://a\r\nOrigin: http://a", 400)]
    [InlineData("/echo-body", "X: y", 200)]
    [InlineData("/any", "Origin: http://evil.example", 204)]
    public void A_POST_from_a_page_of_a_foreign_origin_is_refused(string path, string header, int statusCode) =>
        Assert.Equal(statusCode, _site.Ask(Site.Post(path, "x", header)).StatusCode);

    [Fact]
    public void A_GET_has_no_origin_checked() => Assert.Equal(200, _site.Get("/hello", "Origin: http://evil.example").StatusCode);

    [Fact]
    public void A_204_has_neither_content_nor_length()
    {
        Response response = _site.Ask(Site.Post("/any", ""));
        Assert.Equal((204, null, null), (response.StatusCode, response["Content-Length"], response["Content-Type"]));
    }

    [Fact]
    public void A_mapping_comes_before_a_page_and_beside_a_route()
    {
        using var site = new Site(static builder => builder
            .MapGet("/healthz", static _ => WsResponse.Text("not ready", 503))
            .MapGet("/echo", static _ => WsResponse.Text("a page")));
        Assert.Equal((503, "not ready"), (site.Get("/healthz").StatusCode, site.Get("/healthz").Body));
        Assert.Equal("a page", site.Get("/echo").Body);
        site.Server.Open("/echo");
    }

    [Fact]
    public void The_allowed_hosts_are_checked_for_mappings()
    {
        using var site = new Site(configure: static options => options.AllowedHosts = "app.example");
        Assert.Equal(421, site.Ask("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n").StatusCode);
        Assert.Equal(200, site.Ask("GET /hello HTTP/1.1\r\nHost: app.example\r\n\r\n").StatusCode);
    }

    [Theory]
    [InlineData("GET", "hello")]
    [InlineData("GET", "/a?b")]
    [InlineData("GET", "/a b")]
    [InlineData("GET", "/a#b")]
    [InlineData("GET", "/{id}")]
    [InlineData("GET", "/../a")]
    [InlineData("GET", "/%zz")]
    [InlineData("get", "/a")]
    [InlineData("HEAD", "/a")]
    [InlineData("CONNECT", "/a")]
    [InlineData("", "/a")]
    public void What_cannot_be_mapped_is_refused(string method, string path) => Assert.Throws<ArgumentException>(
        () => WsServer.CreateBuilder(WsRoutes.Table).Map(method, path, static _ => WsResponse.NoContent()));

    [Fact]
    public void A_method_and_path_are_mapped_once() => Assert.Throws<ArgumentException>(
        static () => WsServer.CreateBuilder(WsRoutes.Table)
            .MapGet("/a", static _ => WsResponse.NoContent())
            .MapPost("/a", static _ => WsResponse.NoContent())
            .MapGet("/%61", static _ => WsResponse.NoContent()));

    [Fact]
    public void A_server_that_maps_nothing_has_no_plain_HTTP_of_its_own()
    {
        using var server = new TestServer();
        LoopHandshakes handshakes = server.Server.Lifetime.Loops[0].Handshakes;
        Assert.Null(handshakes.Http);
        Assert.Equal("close", server.Get("/healthz")["Connection"]);
    }

    private void ExpectNothingLeft()
    {
        LoopHandshakes handshakes = _site.Server.Server.Lifetime.Loops[0].Handshakes;
        Assert.Empty(handshakes.Connections);
        Assert.Equal((0, 0), (handshakes.Http!.ConnectionCount, _site.Server.Server.Context.Connections.Taken));
        Assert.Equal(0, _site.Server.Pool.LentBytes);
        Assert.Equal(0, _site.Server.Server.Lifetime.UnfinishedCount);
    }
}
