using System.Net;
using System.Text;
using WsAot.Logging;
using WsAot.Tests.Harness;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Handshake;

/// <summary>Connections that begin with a header of the PROXY protocol. In-memory clients come from 127.0.0.1.</summary>
public sealed class ProxyProtocolTests : IDisposable
{
    private const string Line = "PROXY TCP4 203.0.113.9 198.51.100.2 4711 443\r\n";

    private TestServer _server = Start();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_client_is_the_one_that_the_header_names()
    {
        WsRequest? seen = null;
        _server.Script.Upgrade = (request, _) =>
        {
            seen = request;
            return new(WsUpgrade.Accept());
        };
        TestClient client = Open(Line, "/script");
        Assert.Equal("203.0.113.9:4711", seen!.RemoteEndPoint.ToString());
        Assert.Equal("203.0.113.9:4711", seen.OriginalRemoteEndPoint.ToString());
        Assert.Equal("203.0.113.9:4711", Assert.Single(_server.Server.GetConnections()).RemoteEndPoint.ToString());
        _server.Script.OnText(static (connection, text) => connection.Send(text));
        client.Say("hello");
        Assert.Equal("hello", client.NextText());
    }

    [Fact]
    public void Version_2_does_the_same()
    {
        byte[] header = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 16, 203, 0, 113, 9, 198, 51, 100, 2, 0x12, 0x67, 1, 187, 4, 0, 1, 0];
        TestClient client = Connect();
        client.SendRaw(header, TestClient.UpgradeRequest("/echo"));
        Assert.Equal(101, client.ReadResponse().StatusCode);
        Assert.Equal("203.0.113.9:4711", Assert.Single(_server.Server.GetConnections()).RemoteEndPoint.ToString());
    }

    [Fact]
    public void The_header_and_the_request_may_be_split_at_every_byte()
    {
        byte[] all = [.. Encoding.ASCII.GetBytes(Line), .. TestClient.UpgradeRequest("/echo")];
        for (int at = 1; at < all.Length; at++)
        {
            TestClient client = Connect();
            client.SendRaw(all[..at]);
            client.SendRaw(all[at..]);
            Assert.Equal(101, client.ReadResponse().StatusCode);
            client.Reset();
        }

        TestClient slow = Connect();
        foreach (byte one in all) slow.SendRaw([one]);
        Assert.Equal(101, slow.ReadResponse().StatusCode);
    }

    [Theory]
    [InlineData("PROXY UNKNOWN\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0")]
    public void A_check_of_the_proxy_itself_is_answered(string header)
    {
        TestClient client = Connect();
        client.SendRaw(Encoding.Latin1.GetBytes(header), "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        Assert.Equal(200, client.ReadRefusal().StatusCode);
    }

    [Fact]
    public void Headers_of_HTTP_are_believed_of_the_proxy_itself_and_not_of_its_clients()
    {
        var seen = new List<string>();
        _server.Script.Upgrade = (request, _) =>
        {
            seen.Add(request.RemoteEndPoint.ToString());
            return new(WsUpgrade.Accept());
        };
        const string Forwarded = "X-Forwarded-For: 198.51.100.77";
        Open(Line, "/script", Forwarded);
        Open("PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n", "/script", Forwarded);
        Open("\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0", "/script", Forwarded);
        // Somebody, whom the proxy does not know.
        Open("PROXY UNKNOWN\r\n", "/script", Forwarded);
        Open("\r\n\r\n\0\r\nQUIT\n\u0021\0\0\0", "/script", Forwarded);
        Assert.Equal(["203.0.113.9:4711", "198.51.100.77:0", "198.51.100.77:0", "127.0.0.1:10003", "127.0.0.1:10004"], seen);
    }

    [Theory]
    [InlineData("GET /echo HTTP/1.1\r\n", "the connection does not begin with a PROXY protocol header")]
    [InlineData("\u0016\u0003\u0001", "the connection does not begin with a PROXY protocol header")]
    [InlineData("PROXY TCP4 203.0.113.9\r\n", "the PROXY protocol header is malformed")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0031\0\0\0", "the PROXY protocol header is malformed")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000B", "the PROXY protocol header is malformed")]
    public void Whoever_sends_none_or_a_wrong_one_is_reset_with_a_line(string bytes, string reason)
    {
        TestClient client = Connect();
        client.SendRaw(Encoding.Latin1.GetBytes(bytes));
        Assert.True(client.Peer.IsReset);
        Assert.True(client.Peer.Received.IsEmpty);
        Assert.Equal(
            $"Refused a request from 127.0.0.1:10000 with 400: {reason}; reset without an answer (see --proxy-protocol)", RefusalLine());
    }

    [Fact]
    public void A_peer_that_is_no_trusted_proxy_is_reset_at_once_whatever_it_sends()
    {
        var client = new TestClient(_server, _server.Transport.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 4711)));
        client.SendRaw(Encoding.ASCII.GetBytes(Line));
        Assert.True(client.Peer.IsReset);
        Assert.Equal(
            "Refused a request from 192.0.2.7:4711 with 403: the peer is not a trusted proxy; reset without an answer "
            + "(see --trusted-proxies)",
            RefusalLine());
        for (int i = 0; i < 100; i++) _server.Transport.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 4711));
        _server.Run();
        Assert.Equal(PeerLog.MaxLinesPerSecond, _server.Log.Entries.Count(static entry => entry.Id == 7));
        Assert.Equal(0, _server.Server.Context.Connections.Taken);
    }

    [Fact]
    public void A_header_that_takes_too_long_ends_the_connection_with_a_line()
    {
        TestClient silent = Connect();
        TestClient slow = Connect();
        slow.SendRaw("PROXY "u8.ToArray());
        _server.Advance(10_100);
        Assert.True(silent.Peer.IsReset);
        Assert.True(slow.Peer.IsReset);
        Assert.Equal(2, _server.Log.Entries.Count(static entry => entry.Id == 7 && entry.Message.EndsWith(
            "with 408: the PROXY protocol header took longer than 10000 ms; reset without an answer (see --handshake-timeout-ms)",
            StringComparison.Ordinal)));
    }

    [Fact]
    public void A_peer_that_goes_leaves_nothing()
    {
        foreach (int length in new[] { 0, 3, Line.Length })
        {
            TestClient reset = Connect();
            reset.SendRaw(Encoding.ASCII.GetBytes(Line[..length]));
            reset.Reset();
            TestClient shut = Connect();
            shut.SendRaw(Encoding.ASCII.GetBytes(Line[..length]));
            shut.Shutdown();
            Assert.True(shut.Peer.IsClosed);
        }

        Assert.Equal(0, _server.Server.Context.Connections.Taken);
        Assert.Equal(0, _server.Transport.Loops[0].ConnectionCount);
    }

    [Fact]
    public void The_connection_limit_counts_those_without_a_header_too_and_one_that_has_it_once()
    {
        Restart(static options => options.MaxConnections = 2);
        TestClient first = Connect();
        first.SendRaw(Encoding.ASCII.GetBytes(Line), TestClient.UpgradeRequest("/echo"));
        Assert.Equal(101, first.ReadResponse().StatusCode);
        Assert.Equal(1, _server.Server.Context.Connections.Taken);
        TestClient second = Open(Line, "/echo");
        Assert.Equal(2, _server.Server.Context.Connections.Taken);
        TestClient third = Connect();
        third.SendRaw(Encoding.ASCII.GetBytes(Line), TestClient.UpgradeRequest("/echo"));
        Assert.Equal(503, third.ReadResponse().StatusCode);
        InMemoryPeer[] crowd = [.. Enumerable.Range(0, 40).Select(_ => _server.Transport.Connect())];
        _server.Run();
        Assert.Equal(40 - 31, crowd.Count(static peer => peer.IsReset));
        second.Reset();
    }

    [Fact]
    public void A_server_that_stops_closes_those_whose_header_has_not_come()
    {
        TestClient client = Connect();
        client.SendRaw("PROXY "u8.ToArray());
        Task stop = _server.Server.StopAsync();
        while (!stop.IsCompleted) _server.Advance(10);
        Assert.True(client.Peer.IsClosed);
    }

    [Fact]
    public void Only_the_addresses_that_are_marked_expect_a_header()
    {
        Restart(static options => (options.ProxyProtocol, options.Urls) = (false, "ws://127.0.0.1:1?proxy-protocol;ws://127.0.0.1:2"));
        Assert.Equal(["ws://127.0.0.1:1", "ws://127.0.0.1:2"], _server.Server.Urls);
        Assert.Equal(
            "Connections to ws://127.0.0.1:1 must come from 127.0.0.1 and begin with a PROXY protocol header.",
            Assert.Single(_server.Log.Entries, static entry => entry.Id == 60).Message);
        TestClient client = Connect();
        client.SendRaw(TestClient.UpgradeRequest("/echo"));
        Assert.True(client.Peer.IsReset);
        Restart(static options => (options.ProxyProtocol, options.Urls) = (false, "ws://127.0.0.1:1;ws://127.0.0.1:2?proxy-protocol"));
        Assert.Equal(101, _server.Connect().Ask("/echo").StatusCode);
        _server.Send(Line);
        Assert.EndsWith("a PROXY protocol header. (see --proxy-protocol)", RefusalLine(), StringComparison.Ordinal);
    }

    private static TestServer Start(Action<WsServerOptions>? configure = null) => new(options =>
    {
        (options.ProxyProtocol, options.TrustedProxies) = (true, "127.0.0.1");
        configure?.Invoke(options);
    });

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = Start(configure);
    }

    private TestClient Connect() => _server.Connect();

    private TestClient Open(string header, string path, params string[] headers)
    {
        TestClient client = Connect();
        client.SendRaw(Encoding.Latin1.GetBytes(header));
        Assert.Equal(101, client.Ask(path, headers).StatusCode);
        return client;
    }

    private string RefusalLine() => Assert.Single(_server.Log.Entries, static entry => entry.Id == 7).Message;
}
