using System.Net;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Limits;

/// <summary>What one address may have and ask for.</summary>
public sealed class AddressTests : IDisposable
{
    private TestServer _server = new(static options => options.MaxConnectionsPerAddress = 2);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Beyond_its_connections_an_address_gets_429_until_one_has_ended()
    {
        TestClient[] clients = [Open("192.0.2.1"), Open("192.0.2.1")];
        Response refused = Ask("192.0.2.1");
        Assert.Equal((429, null), (refused.StatusCode, refused["Retry-After"]));
        Assert.Equal("429 Too Many Requests: this address has the maximum of 2 connections\n", refused.Body);
        Open("192.0.2.2");
        clients[0].Reset();
        Open("192.0.2.1");
        Assert.Equal(429, Ask("192.0.2.1").StatusCode);
        string line = _server.Log.Entries.First(static entry => entry.Id == 7).Message;
        Assert.Contains("429", line, StringComparison.Ordinal);
        Assert.EndsWith("(see --max-connections-per-address)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_64_bits_is_one_address()
    {
        Open("2001:db8::1");
        Open("2001:db8::2:1");
        Assert.Equal(429, Ask("2001:db8::3:4:5").StatusCode);
        Open("2001:db8:0:1::1");
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("aborted")]
    [InlineData("threw")]
    [InlineData("rejected")]
    [InlineData("not made")]
    [InlineData("unknown path")]
    [InlineData("timed out")]
    [InlineData("left while asked")]
    public void However_a_connection_ends_its_place_is_free_again_and_only_once(string how)
    {
        Script script = _server.Script;
        if (how == "aborted") script.OnOpen(static connection => connection.Abort());
        if (how == "threw") script.OnOpen(static _ => throw new InvalidOperationException("oops"));
        if (how == "rejected") script.Upgrade = static (_, _) => new(WsUpgrade.Reject(403));
        if (how == "not made") script.Created = static _ => throw new InvalidOperationException("oops");
        if (how is "timed out" or "left while asked")
        {
            script.Upgrade = static async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return WsUpgrade.Accept();
            };
        }

        for (int i = 0; i < 10; i++)
        {
            TestClient client = Connect("192.0.2.1");
            client.SendRaw(TestClient.UpgradeRequest(how == "unknown path" ? "/nowhere" : "/script"));
            if (how == "timed out") _server.Advance(20_000);
            client.Shutdown();
            Assert.True(client.Peer.IsClosed);
        }

        Open("192.0.2.1");
        Open("192.0.2.1");
        Assert.Equal(429, Ask("192.0.2.1").StatusCode);
    }

    [Fact]
    public void One_that_is_refused_has_no_place_while_it_lingers()
    {
        _server.Script.Upgrade = static (_, _) => new(WsUpgrade.Reject(401));
        for (int i = 0; i < 5; i++) Assert.Equal(401, Connect("192.0.2.1").Ask("/script").StatusCode);
        Assert.Equal(0, _server.Server.Context.Limits.Addresses.Count);
        _server.Advance(20_000);
    }

    [Fact]
    public void Upgrades_beyond_the_rate_of_an_address_get_429_with_the_seconds_until_the_next()
    {
        Restart(static options => (options.MaxUpgradesPerSecondPerAddress, options.MaxUpgradeBurstPerAddress) = (1, 3));
        for (int i = 0; i < 3; i++) Open("192.0.2.1").Reset();
        Response refused = Ask("192.0.2.1");
        Assert.Equal((429, "1"), (refused.StatusCode, refused["Retry-After"]));
        Assert.Contains("more than 1 upgrades a second", refused.Body, StringComparison.Ordinal);
        Open("192.0.2.2").Reset();
        _server.Advance(999);
        Assert.Equal(429, Ask("192.0.2.1").StatusCode);
        _server.Advance(1);
        Open("192.0.2.1").Reset();
        Assert.Equal(429, Ask("192.0.2.1").StatusCode);
        string line = _server.Log.Entries.First(static entry => entry.Id == 7).Message;
        Assert.EndsWith("(see --max-upgrades-per-second-per-address)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_and_requests_that_are_refused_anyway_take_nothing_of_the_rate()
    {
        Restart(static options => options.MaxUpgradesPerSecondPerAddress = 1);
        for (int i = 0; i < 5; i++) Assert.Equal(200, _server.Get("/healthz").StatusCode);
        TestClient foreign = _server.Connect();
        Assert.Equal(403, foreign.Ask("/echo", "Origin: https://evil.example").StatusCode);
        Assert.Equal(101, _server.Connect().Ask("/echo").StatusCode);
        Assert.Equal(429, _server.Connect().Ask("/echo").StatusCode);
    }

    [Fact]
    public void Without_these_limits_no_address_is_remembered_and_no_session_has_more()
    {
        Restart(static _ => { });
        Open("192.0.2.1");
        Assert.Equal(0, _server.Server.Context.Limits.Addresses.Count);
    }

    private TestClient Connect(string address)
    {
        var client = new TestClient(_server, _server.Transport.Connect(new IPEndPoint(IPAddress.Parse(address), 1234)));
        _server.Run();
        return client;
    }

    private Response Ask(string address) => Connect(address).Ask("/echo");

    private TestClient Open(string address)
    {
        TestClient client = Connect(address);
        Assert.Equal(101, client.Ask("/echo").StatusCode);
        return client;
    }

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = new TestServer(configure);
    }
}
