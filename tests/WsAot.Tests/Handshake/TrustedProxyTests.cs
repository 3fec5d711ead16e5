using System.Net;
using Microsoft.Extensions.Logging;
using WsAot.Handshake;
using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Handshake;

/// <summary>What is believed of what proxies say of their clients, and whom. In-memory clients come from 127.0.0.1.</summary>
public sealed class TrustedProxyTests : IDisposable
{
    private const string Trusted = "127.0.0.1;10.0.0.0/8;fd00::/8";

    private TestServer _server = new(static options => options.TrustedProxies = Trusted);
    private WsRequest? _seen;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("203.0.113.9:0", "203.0.113.9")]
    [InlineData("203.0.113.9:4711", "203.0.113.9:4711")]
    [InlineData("[2001:db8::1]:0", "2001:db8::1")]
    [InlineData("[2001:db8::1]:4711", "[2001:db8::1]:4711")]
    [InlineData("203.0.113.9:0", "::ffff:203.0.113.9")]
    // What stands before the first address that is not a proxy's was written by a client.
    [InlineData("203.0.113.9:0", "1.1.1.1, 203.0.113.9")]
    [InlineData("203.0.113.9:0", "1.1.1.1, 203.0.113.9, 10.1.2.3, fd00::1")]
    [InlineData("203.0.113.9:0", "garbage, 203.0.113.9, 10.1.2.3")]
    // Where all are proxies, the first one is the client.
    [InlineData("10.0.0.1:0", "10.0.0.1, 10.0.0.2")]
    // What cannot be read is not believed, nor what is before it.
    [InlineData("10.1.2.3:0", "203.0.113.9, unknown, 10.1.2.3")]
    [InlineData("10.1.2.3:0", "203.0.113.9, 10.1.2.3.4, 10.1.2.3")]
    [InlineData("peer", "203.0.113.9, _hidden")]
    [InlineData("peer", "203.0.113.9;10.1.2.3")]
    [InlineData("peer", "")]
    public void The_clients_address_is_the_first_from_the_right_that_is_no_proxys(string expected, string header)
    {
        Ask("X-Forwarded-For: " + header);
        Assert.Equal(expected == "peer" ? "127.0.0.1:10000" : expected, _seen!.RemoteEndPoint.ToString());
        Assert.Equal("127.0.0.1:10000", _seen.OriginalRemoteEndPoint.ToString());
    }

    [Fact]
    public void Several_lines_are_one_list()
    {
        Ask("X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.9", "x-forwarded-for: 10.0.0.1");
        Assert.Equal("203.0.113.9:0", _seen!.RemoteEndPoint.ToString());
    }

    [Fact]
    public void A_list_without_end_is_read_for_32_proxies()
    {
        Ask("X-Forwarded-For: 203.0.113.9, " + string.Join(',', Enumerable.Range(1, 40).Select(static i => $"10.0.0.{i}")));
        Assert.Equal("10.0.0.9:0", _seen!.RemoteEndPoint.ToString());
    }

    [Fact]
    public void Nobody_else_is_believed()
    {
        string[] all =
        [
            "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example",
            "Forwarded: for=203.0.113.9;proto=https;host=evil.example",
        ];
        AskFrom("192.0.2.7", all);
        AssertSeen("192.0.2.7:4711", isSecure: false, "server.example");
        AskFrom("fe80::1", all);
        AssertSeen("[fe80::1]:4711", isSecure: false, "server.example");
        Restart(static options => options.TrustedProxies = "");
        Ask(all);
        AssertSeen("127.0.0.1:10000", isSecure: false, "server.example");
        Assert.Equal(_seen!.RemoteEndPoint, _seen.OriginalRemoteEndPoint);
    }

    [Fact]
    public void The_other_family_of_headers_is_ignored()
    {
        Ask("Forwarded: for=203.0.113.9;proto=https;host=evil.example");
        AssertSeen("127.0.0.1:10000", isSecure: false, "server.example");
        Restart(static options => (options.TrustedProxies, options.ForwardedHeaders) = (Trusted, "Forwarded"));
        Ask("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example");
        AssertSeen("127.0.0.1:10000", isSecure: false, "server.example");
    }

    [Theory]
    [InlineData("for=203.0.113.9;proto=https;host=\"app.example:8443\"", "203.0.113.9:0", true, "app.example:8443")]
    [InlineData("For=\"[2001:db8::1]:4711\";Proto=HTTPS", "[2001:db8::1]:4711", true, "server.example")]
    [InlineData("for=1.1.1.1;proto=https;host=evil.example, for=203.0.113.9;proto=http", "203.0.113.9:0", false, "server.example")]
    // The proxy that spoke to the client knows what the client has asked for.
    [InlineData("for=203.0.113.9;proto=https;host=app.example, for=10.0.0.1;proto=http;host=inner", "203.0.113.9:0", true, "app.example")]
    [InlineData("for=203.0.113.9, for=unknown;proto=https, for=10.0.0.1", "10.0.0.1:0", true, "server.example")]
    [InlineData("for=_hidden;proto=https", "127.0.0.1:10000", true, "server.example")]
    [InlineData("proto=https", "127.0.0.1:10000", true, "server.example")]
    [InlineData("for=203.0.113.9;for=1.1.1.1;proto=https", "127.0.0.1:10000", false, "server.example")]
    [InlineData("for=\"203.0.113.9;proto=https", "127.0.0.1:10000", false, "server.example")]
    [InlineData("for=203.0.113.9;host=app.example:8443", "127.0.0.1:10000", false, "server.example")]
    [InlineData("for=203.0.113.9;host=\"a b\"", "203.0.113.9:0", false, "server.example")]
    public void Rfc7239_is_read_in_its_place(string header, string address, bool isSecure, string host)
    {
        Restart(static options => (options.TrustedProxies, options.ForwardedHeaders) = (Trusted, "forwarded"));
        Ask("Forwarded: " + header);
        AssertSeen(address, isSecure, host);
    }

    [Theory]
    [InlineData("203.0.113.9", "https", true)]
    [InlineData("203.0.113.9", "wss", true)]
    [InlineData("203.0.113.9", "http", false)]
    [InlineData("203.0.113.9", "gopher", false)]
    [InlineData("203.0.113.9", "https, http", false)]
    [InlineData("203.0.113.9, 10.0.0.1", "https, http", true)]
    [InlineData("203.0.113.9, 10.0.0.1", "http, https, http", true)]
    [InlineData("203.0.113.9, 10.0.0.1", "https", true)]
    [InlineData("", "https", true)]
    public void The_scheme_is_that_of_the_proxy_next_to_the_client(string addresses, string protocols, bool isSecure)
    {
        Ask("X-Forwarded-For: " + addresses, "X-Forwarded-Proto: " + protocols);
        Assert.Equal((isSecure, isSecure ? "wss" : "ws"), (_seen!.IsSecure, _seen.Scheme));
    }

    [Fact]
    public void A_proxy_that_speaks_TLS_to_us_may_say_that_its_client_did_not()
    {
        TestClient client = _server.ConnectTls();
        Capture();
        client.Ask("/script", "X-Forwarded-Proto: http", "Origin: http://server.example");
        Assert.Equal((false, "ws"), (_seen!.IsSecure, _seen.Scheme));
        _server.ConnectTls().Ask("/script");
        Assert.True(_seen.IsSecure);
    }

    [Fact]
    public void Pages_of_the_host_that_the_client_asked_for_may_connect_and_others_not()
    {
        string[] forwarded = ["X-Forwarded-Host: app.example", "X-Forwarded-Proto: https"];
        Assert.Equal(101, Status([.. forwarded, "Origin: https://app.example"]));
        Assert.Equal(403, Status([.. forwarded, "Origin: http://app.example"]));
        Assert.Equal(403, Status([.. forwarded, "Origin: https://server.example"]));
        Assert.Equal(403, Status(["X-Forwarded-Host: app.example", "Origin: https://server.example"]));
        Assert.Equal(101, Status(["X-Forwarded-Host: not a host", "Origin: https://server.example"]));
        // A page cannot add headers, and who can may name any origin; all the same, from others nothing of it counts.
        Assert.Equal(403, StatusFrom("192.0.2.7", [.. forwarded, "Origin: https://app.example"]));
        Assert.Equal(101, StatusFrom("192.0.2.7", ["X-Forwarded-Host: app.example", "Origin: https://server.example"]));
    }

    [Fact]
    public void The_host_that_the_client_asked_for_must_be_one_of_ours()
    {
        Restart(static options => (options.TrustedProxies, options.AllowedHosts) = (Trusted, "app.example"));
        Assert.Equal(421, Status(["X-Forwarded-Host: evil.example"]));
        Status(["X-Forwarded-Host: evil.example", "X-Forwarded-For: 203.0.113.9"]);
        Assert.Contains("for host 'evil.example' from 203.0.113.9:0", LastRefusal(), StringComparison.Ordinal);
        Assert.Equal(101, Status(["X-Forwarded-Host: app.example"]));
        Assert.Equal(421, StatusFrom("192.0.2.7", ["X-Forwarded-Host: app.example"]));
    }

    [Fact]
    public void Refusals_and_connections_are_logged_with_the_clients_address()
    {
        Restart(static options => (options.TrustedProxies, options.LogConnections) = (Trusted, true));
        Assert.Equal(404, _server.Connect().Ask("/nothing", "X-Forwarded-For: 203.0.113.9").StatusCode);
        TestClient client = _server.Open("/echo", "X-Forwarded-For: 203.0.113.10");
        Assert.Equal("203.0.113.10:0", Assert.Single(_server.Server.GetConnections()).RemoteEndPoint.ToString());
        client.SendRaw([0xC1, 0x80]);
        _server.Advance(10_000);
        string all = string.Join('\n', _server.Log.Entries.Where(static entry => entry.Level == LogLevel.Information));
        Assert.Contains("Refused GET /nothing for host 'server.example' from 203.0.113.9:0 with 404", all, StringComparison.Ordinal);
        Assert.Contains("Opened connection 1 on /echo from 203.0.113.10:0", all, StringComparison.Ordinal);
        Assert.Contains("Ended connection 1 on /echo from 203.0.113.10:0", all, StringComparison.Ordinal);
        Assert.Contains("Closed connection 1 on /echo from 203.0.113.10:0", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_request_of_a_kept_connection_has_its_own_client()
    {
        var seen = new List<string>();
        _server.Dispose();
        _server = new TestServer(
            static options => options.TrustedProxies = Trusted,
            build: builder => builder.MapGet("/who", request =>
            {
                seen.Add($"{request.RemoteEndPoint} {request.OriginalRemoteEndPoint.Address} {request.Scheme} {request.Host}");
                return WsResponse.Text("ok");
            }));
        TestClient client = _server.Connect();
        string[][] all =
        [
            ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: app.example"],
            [],
            ["X-Forwarded-For: 203.0.113.10"],
        ];
        foreach (string[] headers in all)
        {
            client.SendRaw(System.Text.Encoding.ASCII.GetBytes(Http.Site.Line("GET", "/who", headers)));
            Assert.Equal(200, client.ReadResponse().StatusCode);
        }

        Assert.Equal(
            ["203.0.113.9:0 127.0.0.1 https app.example", "127.0.0.1:10000 127.0.0.1 http a", "203.0.113.10:0 127.0.0.1 http a"], seen);
        client.SendRaw(System.Text.Encoding.ASCII.GetBytes(Http.Site.Line("GET", "/nothing", "X-Forwarded-For: 203.0.113.11")));
        Assert.Contains(" from 203.0.113.11:0 with 404", LastRefusal(), StringComparison.Ordinal);
        client.SendRaw(System.Text.Encoding.ASCII.GetBytes(Http.Site.Line("GET", "/%zz", "X-Forwarded-For: 203.0.113.12")));
        Assert.Contains(" from 203.0.113.12:0 with 400", LastRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_Transport_Security_follows_what_the_client_has_used()
    {
        Restart(static options => (options.TrustedProxies, options.HstsMaxAgeSeconds) = (Trusted, 60));
        Assert.Equal("max-age=60", _server.Connect().Ask("/echo", "X-Forwarded-Proto: https")["Strict-Transport-Security"]);
        Assert.Null(_server.Connect().Ask("/echo", "X-Forwarded-Proto: http")["Strict-Transport-Security"]);
        Assert.Null(_server.Connect().Ask("/echo")["Strict-Transport-Security"]);
    }

    [Fact]
    public void A_peer_at_a_Unix_socket_is_a_proxy_if_unix_is_named()
    {
        Restart(static options => (options.Urls, options.TrustedProxies) = ("ws://unix:/run/wsaot.sock", "10.0.0.0/8"));
        Assert.Equal(["ws://unix:/run/wsaot.sock"], _server.Server.Urls);
        Ask("X-Forwarded-For: 203.0.113.9");
        Assert.Equal(new IPEndPoint(IPAddress.Any, 0), _seen!.RemoteEndPoint);
        _server.Get("/nothing");
        Assert.Contains(" from unix: with 404", LastRefusal(), StringComparison.Ordinal);
        Restart(static options => (options.Urls, options.TrustedProxies) = ("ws://unix:/run/wsaot.sock", "10.0.0.0/8; UNIX"));
        Ask("X-Forwarded-For: 203.0.113.9");
        Assert.Equal("203.0.113.9:0", _seen.RemoteEndPoint.ToString());
        Assert.Equal(new IPEndPoint(IPAddress.Any, 0), _seen.OriginalRemoteEndPoint);
    }

    [Fact]
    public void A_server_at_a_Unix_socket_has_no_names_but_those_that_are_listed()
    {
        Restart(static options => (options.Urls, options.AllowedHosts) = ("ws://unix:/run/wsaot.sock", ""));
        Assert.Equal(421, _server.Connect().Ask("/echo").StatusCode);
        Assert.Equal(200, _server.Send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").StatusCode);
        Assert.Equal(200, _server.Send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").StatusCode);
        Restart(static options => (options.Urls, options.AllowedHosts) = ("ws://unix:/run/wsaot.sock", "server.example"));
        Assert.Equal(101, _server.Connect().Ask("/echo").StatusCode);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/9", "10.127.255.255", true)]
    [InlineData("10.0.0.0/9", "10.128.0.0", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.0/31", "192.0.2.1", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:ffff::1", false)]
    [InlineData("unix", "127.0.0.1", false)]
    public void A_block_has_the_addresses_with_its_prefix(string list, string peer, bool isTrusted) =>
        Assert.Equal(isTrusted, new TrustedProxies(list).Contains(new PeerAddress(new IPEndPoint(IPAddress.Parse(peer), 1))));

    [Theory]
    [InlineData("proxy.example", "it must be an IP address")]
    [InlineData("10.0.0", "it must be an IP address")]
    [InlineData("10.0.0.0/33", "the prefix length after the slash must be 0 to 32")]
    [InlineData("10.0.0.0/-1", "the prefix length after the slash must be 0 to 32")]
    [InlineData("10.0.0.0/", "the prefix length after the slash must be 0 to 32")]
    [InlineData("::/129", "the prefix length after the slash must be 0 to 128")]
    [InlineData("10.0.0.1/8", "bits set after its prefix")]
    [InlineData("10.0.0.0/8,192.168.0.0/16", "the prefix length after the slash must be 0 to 32")]
    public void A_list_that_cannot_be_read_is_refused_before_the_start(string list, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new TestServer(options => options.TrustedProxies = list));
        Assert.StartsWith("TrustedProxies: '", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_of_nobodys_proxy_costs_no_memory_for_it()
    {
        Restart(static options => options.TrustedProxies = "10.0.0.0/8");
        WsRequest plain = Kept("192.0.2.7");
        Assert.Equal(typeof(WsRequest), plain.GetType());
    }

    private string LastRefusal() => _server.Log.Entries.Last(static entry => entry.Id == 7).Message;

    private WsRequest Kept(string address)
    {
        AskFrom(address, "X-Forwarded-For: 203.0.113.9");
        return _seen!;
    }

    private void AssertSeen(string address, bool isSecure, string host) =>
        Assert.Equal((address, isSecure, host), (_seen!.RemoteEndPoint.ToString(), _seen.IsSecure, _seen.Host));

    private void Capture() => _server.Script.Upgrade = (request, _) =>
    {
        _seen = request;
        return new(WsUpgrade.Accept());
    };

    private void Ask(params string[] headers) => Assert.Equal(101, Status(headers));

    private void AskFrom(string address, params string[] headers) => Assert.Equal(101, StatusFrom(address, headers));

    private int Status(string[] headers)
    {
        Capture();
        return _server.Connect().Ask("/script", headers).StatusCode;
    }

    private int StatusFrom(string address, string[] headers)
    {
        Capture();
        return new TestClient(_server, _server.Transport.Connect(new IPEndPoint(IPAddress.Parse(address), 4711)))
            .Ask("/script", headers).StatusCode;
    }

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = new TestServer(configure);
    }
}
