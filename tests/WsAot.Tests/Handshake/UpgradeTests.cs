using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

public sealed class UpgradeTests : IDisposable
{
    private readonly TestServer _server = new(static options => options.AllowedOrigins = "https://app.example;http://other.example:8080");

    private Script Script => _server.Script;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/number/12x", 404)]
    [InlineData("/number/99999999999", 404)]
    [InlineData("/number/", 404)]
    [InlineData("/Echo", 404)]
    [InlineData("/echo", 400, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("/echo", 400, "Sec-WebSocket-Version: 13")]
    [InlineData("/echo", 400, "Content-Length: 1")]
    [InlineData("/echo", 400, "Sec-WebSocket-Protocol: a b")]
    [InlineData("/echo", 400, "Host: twice")]
    public void A_request_that_cannot_be_met_gets_its_status(string path, int statusCode, params string[] headers)
    {
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest(path, headers));
        Assert.Equal(statusCode, client.ReadRefusal().StatusCode);
        Assert.Equal(0, _server.Server.ConnectionCount);
    }

    [Theory]
    [InlineData("x-forwarded-for", "198.51.100.1, 192.0.2.7, 192.0.2.8")]
    [InlineData("Cookie", "a=1; b=2")]
    [InlineData("Single", "one")]
    [InlineData("none", null)]
    public void Lines_with_the_same_name_are_one_list_in_their_order(string name, string? expected)
    {
        string? seen = null;
        _server.Script.Upgrade = (request, _) =>
        {
            seen = request.GetHeader(name);
            return new(WsUpgrade.Accept());
        };
        _server.Open(
            "/script",
            "X-Forwarded-For: 198.51.100.1",
            "Cookie: a=1", "Single: one", "X-Forwarded-For: 192.0.2.7, 192.0.2.8", "Cookie: b=2");
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Another_version_is_told_which_one_is_spoken()
    {
        Response response = _server.Send(
            "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
            + "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n\r\n");
        Assert.Equal((426, "13"), (response.StatusCode, response["Sec-WebSocket-Version"]));
    }

    [Fact]
    public void Another_method_is_told_which_one_is_allowed()
    {
        Response response = _server.Send("POST /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        Assert.Equal((405, "GET"), (response.StatusCode, response["Allow"]));
    }

    [Fact]
    public void A_typed_value_that_parses_reaches_the_handler() => Assert.Equal("number -12", _server.Open("/number/-12").NextText());

    [Theory]
    [InlineData(101, null)]
    [InlineData(101, "http://server.example")]
    [InlineData(101, "HTTP://SERVER.EXAMPLE:80")]
    [InlineData(101, "https://app.example")]
    [InlineData(101, "http://other.example:8080")]
    [InlineData(101, "https://server.example")]
    [InlineData(403, "https://server.example:8443")]
    [InlineData(403, "http://other.example")]
    [InlineData(403, "https://app.example.evil.example")]
    [InlineData(403, "null")]
    [InlineData(403, "")]
    public void A_page_may_connect_where_its_origin_is_the_servers_or_allowed(int statusCode, string? origin)
    {
        Response response = _server.Connect().Ask("/echo", origin is null ? [] : ["Origin: " + origin]);
        Assert.Equal(statusCode, response.StatusCode);
    }

    [Fact]
    public void A_star_allows_every_origin()
    {
        using var server = new TestServer(static options => options.AllowedOrigins = "*");
        server.Open("/echo", "Origin: null");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("v1", "v1")]
    [InlineData("v1, v2", "v2")]
    [InlineData("V2, v3", null)]
    public void The_subprotocol_is_the_best_that_both_speak(string? offered, string? chosen)
    {
        TestClient client = _server.Connect();
        Response response = client.Ask("/text-only", offered is null ? [] : ["Sec-WebSocket-Protocol: " + offered]);
        Assert.Equal((101, chosen), (response.StatusCode, response["Sec-WebSocket-Protocol"]));
        client.Say("hi");
        Assert.Equal($"{chosen ?? "none"}: hi", client.NextText());
    }

    [Fact]
    public void An_extension_that_is_offered_is_not_accepted()
    {
        Response response = _server.Connect().Ask("/echo", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        Assert.Equal((101, null), (response.StatusCode, response["Sec-WebSocket-Extensions"]));
    }

    [Fact]
    public void OnUpgrade_sees_the_request_and_may_choose_subprotocol_and_headers()
    {
        Script.Upgrade = static (request, _) =>
        {
            Assert.Equal(
                ("/script", "a=1&b=x%20y+z", "x y z", "", null),
                (request.Path, request.Query, request.GetQueryValue("b"), request.GetHeader("x-EMPTY"), request.GetHeader("none")));
            Assert.Equal(8, request.Headers.Count);
            return new(WsUpgrade.Accept("chosen").WithHeader("Set-Cookie", "a=b"));
        };
        Response response = _server.Connect().Ask(
            "/script?a=1&b=x%20y+z", "X-Empty:", "Sec-WebSocket-Protocol: other, chosen", "Cookie: c");
        Assert.Equal((101, "chosen", "a=b"), (response.StatusCode, response["Sec-WebSocket-Protocol"], response["Set-Cookie"]));
    }

    [Fact]
    public void An_answer_with_a_header_is_an_answer_of_its_own()
    {
        WsUpgrade<string> bare = WsUpgrade.AcceptWith("ann", "chat");
        WsUpgrade<string> accepted = bare.WithHeader("Set-Cookie", "a=b").WithHeader("Set-Cookie", "c=d");
        Assert.Empty(bare.Headers);
        Assert.Equal(("ann", 101, "chat"), (accepted.Value, accepted.StatusCode, accepted.Subprotocol));
        Assert.Equal(["a=b", "c=d"], accepted.Headers.Select(static header => header.Value));
        Assert.Same(accepted, accepted.Answer.WithValue);

        WsUpgrade<string> rejected = WsUpgrade.Reject(401).WithHeader("WWW-Authenticate", "Bearer");
        rejected = rejected.WithHeader("X-Reason", "expired");
        Assert.Equal((null, 401), (rejected.Value, rejected.StatusCode));
        Assert.Equal(["Bearer", "expired"], rejected.Headers.Select(static header => header.Value));
        Assert.Empty(WsUpgrade.Accept().Headers);
    }

    [Fact]
    public void OnUpgrade_may_reject_with_headers()
    {
        Script.Upgrade = static (_, _) => new(WsUpgrade.Reject(401).WithHeader("WWW-Authenticate", "Bearer"));
        Refused(401, "WWW-Authenticate", "Bearer");
        Script.Upgrade = static (_, _) => new(WsUpgrade.Reject(307).WithHeader("Location", "/elsewhere"));
        Refused(307, "Location", "/elsewhere");
        Script.Upgrade = static (_, _) => new(WsUpgrade.Reject(418));
        Refused(418, "Content-Type", "text/plain; charset=utf-8");
        Assert.Empty(_server.Log.Errors);
    }

    [Fact]
    public void OnUpgrade_may_take_its_time()
    {
        Script.Upgrade = async (_, _) =>
        {
            await Script.Gate.PassAsync();
            return WsUpgrade.Accept();
        };
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/script"));
        Assert.True(client.Peer.Received.IsEmpty);
        _server.LetOneGo();
        Assert.Equal(101, client.ReadResponse().StatusCode);
        client.Say("a");
        Assert.Equal(["open", "text a"], _server.Journal);
    }

    [Theory]
    [InlineData("Authorization: Bearer anna")]
    [InlineData("authorization: bearer  anna")]
    [InlineData("Cookie: a=b; session=anna; c")]
    public void OnUpgrade_may_take_its_time_and_hand_over_who_it_is(string header)
    {
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/members", header, "Sec-WebSocket-Protocol: members"));
        _server.LetOneGo();
        Response response = client.ReadResponse();
        Assert.Equal((101, "members", "anna"), (response.StatusCode, response["Sec-WebSocket-Protocol"], response["X-User"]));
        Assert.Equal("hello anna", client.NextText());
    }

    [Theory]
    [InlineData(401, "Cookie: other=anna")]
    [InlineData(401, "Authorization: Basic anna")]
    [InlineData(403, "Authorization: Bearer forged")]
    public void OnUpgrade_that_would_hand_over_may_reject(int statusCode, string header)
    {
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/members", header));
        if (statusCode == 403) _server.LetOneGo();
        Response response = client.ReadRefusal();
        Assert.Equal((statusCode, statusCode == 401 ? "Bearer" : null), (response.StatusCode, response["WWW-Authenticate"]));
        Assert.Empty(_server.Log.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnUpgrade_that_throws_is_answered_with_500_and_logged_once(bool isLate)
    {
        Script.Upgrade = async (_, _) =>
        {
            if (isLate) await Task.Yield();
            throw new InvalidOperationException("oops");
        };
        Refused(500);
        Assert.Single(_server.Log.Errors);
    }

    [Fact]
    public void So_is_one_that_returns_nothing_or_a_subprotocol_that_was_not_offered()
    {
        Script.Upgrade = static (_, _) => default;
        Refused(500);
        Script.Upgrade = static (_, _) => new(WsUpgrade.Accept("unheard-of"));
        Refused(500);
        Assert.Equal(2, _server.Log.Errors.Count());
    }

    [Fact]
    public void OnUpgrade_that_takes_too_long_is_cancelled_and_answered_with_503()
    {
        Script.Upgrade = static async (_, cancellationToken) =>
        {
            await Gate.UntilCancelledAsync(cancellationToken);
            return WsUpgrade.Accept();
        };
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/script"));
        _server.AdvanceTo(TestServer.AtTick(10_000) - 1);
        Assert.True(client.Peer.Received.IsEmpty);
        _server.AdvanceTo(TestServer.AtTick(10_000));
        Assert.Equal(503, client.ReadRefusal().StatusCode);
        Assert.Empty(_server.Log.Errors);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("fin")]
    public void A_client_that_goes_meanwhile_cancels_OnUpgrade(string how)
    {
        bool wasCancelled = false;
        Script.Upgrade = async (_, cancellationToken) =>
        {
            // A callback that throws is the user's mistake, and may not cost the server a place.
            cancellationToken.Register(static () => throw new InvalidOperationException("a callback"));
            cancellationToken.Register(() => wasCancelled = true);
            await Script.Gate.PassAsync();
            return WsUpgrade.Accept();
        };
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/script"));
        if (how == "reset") client.Reset();
        else client.Shutdown();
        Assert.True(wasCancelled && client.Peer.IsClosed);
        _server.LetOneGo();
        Assert.Empty(_server.Journal);
        Assert.Equal(0, _server.Server.ConnectionCount);
    }

    [Fact]
    public void Data_before_the_response_is_refused()
    {
        TestClient eager = _server.Connect();
        eager.SendRaw(TestClient.UpgradeRequest("/echo"), Frame.Text("too early"));
        Assert.Equal(400, eager.ReadRefusal().StatusCode);

        Script.Upgrade = async (_, _) =>
        {
            await Script.Gate.PassAsync();
            return WsUpgrade.Accept();
        };
        eager = _server.Connect();
        eager.SendRaw(TestClient.UpgradeRequest("/script"));
        eager.Say("too early");
        Assert.Equal(400, eager.ReadRefusal().StatusCode);
        _server.LetOneGo();
        Assert.Empty(_server.Journal);
    }

    [Theory]
    [InlineData("Bad Name", "x")]
    [InlineData("", "x")]
    [InlineData("X", "a\r\nb")]
    [InlineData("X", "é")]
    [InlineData("connection", "close")]
    [InlineData("Content-Length", "1")]
    [InlineData("content-type", "text/html")]
    [InlineData("Date", "now")]
    [InlineData("Sec-WebSocket-Accept", "x")]
    public void A_header_that_would_break_the_response_is_refused(string name, string value)
    {
        Assert.Throws<ArgumentException>(() => WsUpgrade.AcceptWith(1).WithHeader(name, value));
        Assert.Throws<ArgumentException>(() => WsUpgrade.Accept().WithHeader(name, value));
        Assert.Throws<ArgumentException>(() => WsUpgrade.Reject(400).WithHeader(name, value));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(200)]
    [InlineData(309)]
    [InlineData(600)]
    public void A_rejection_has_a_status_that_refuses(int statusCode) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WsUpgrade.Reject(statusCode));

    private void Refused(int statusCode, string header = "Connection", string value = "close")
    {
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/script"));
        _server.Run();
        Response response = client.ReadRefusal();
        Assert.Equal((statusCode, value), (response.StatusCode, response[header]));
    }
}
