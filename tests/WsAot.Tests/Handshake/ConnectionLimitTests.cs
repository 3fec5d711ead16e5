using WsAot.Connections;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

public sealed class ConnectionLimitTests : IDisposable
{
    private readonly TestServer _server = new(static options => options.MaxConnections = 3);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(1_000_000, true, 100_000)]
    [InlineData(960, false, 960)]
    [InlineData(960, true, 480)]
    [InlineData(-10, false, 1)]
    [InlineData(1, true, 1)]
    public void Where_no_option_sets_it_the_limit_is_what_the_descriptors_allow(int descriptors, bool opensFiles, int max) =>
        Assert.Equal(max, ConnectionLimit.DefaultFor(descriptors, opensFiles));

    [Fact]
    public void A_folder_needs_descriptors_for_its_files_and_embedded_files_do_not()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.AddFiles("/web/", typeof(ConnectionLimitTests).Assembly, "web/");
        Assert.False(builder.OpensFiles);
        builder.AddFiles("/", AppContext.BaseDirectory);
        Assert.True(builder.OpensFiles);
    }

    [Fact]
    public void Over_the_limit_one_is_answered_with_503_until_another_has_gone()
    {
        TestClient[] clients = [_server.Open("/echo"), _server.Open("/echo"), _server.Connect()];
        Assert.Equal(503, Try());
        clients[0].Reset();
        Assert.Equal(101, Try());
        Assert.Equal(503, Try());
        // One that has said nothing has a place, too.
        clients[2].Shutdown();
        Assert.Equal(101, Try());
        Assert.Equal(503, Try());
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("aborted")]
    [InlineData("threw")]
    [InlineData("rejected")]
    [InlineData("not made")]
    [InlineData("page")]
    [InlineData("timed out")]
    public void However_a_connection_ends_its_place_is_free_again_and_only_once(string how)
    {
        Script script = _server.Script;
        if (how == "aborted") script.OnOpen(static connection => connection.Abort());
        if (how == "threw") script.OnOpen(static _ => throw new InvalidOperationException("oops"));
        if (how == "rejected") script.Upgrade = static (_, _) => new(WsUpgrade.Reject(403));
        if (how == "not made") script.Created = static _ => throw new InvalidOperationException("oops");
        for (int i = 0; i < 10; i++)
        {
            TestClient client = _server.Connect();
            if (how == "page") client.SendRaw("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
            else if (how == "timed out") _server.Advance(20_000);
            else client.SendRaw(TestClient.UpgradeRequest("/script"));
            client.Shutdown();
            Assert.True(client.Peer.IsClosed);
        }

        Assert.Equal([101, 101, 101, 503], [Try("/echo"), Try("/echo"), Try("/echo"), Try("/echo")]);
    }

    [Fact]
    public void Of_a_crowd_over_the_limit_some_are_told_and_the_others_reset()
    {
        for (int i = 0; i < 3; i++) _server.Connect();
        for (int round = 0; round < 3; round++)
        {
            TestClient[] crowd = [.. Enumerable.Range(0, 100).Select(_ => _server.Connect())];
            Assert.Equal(32, crowd.Count(static client => !client.Peer.IsClosed));
            Assert.Equal(68, crowd.Count(static client => client.Peer.IsReset));
            foreach (TestClient client in crowd.Where(static client => !client.Peer.IsClosed)) client.Reset();
        }
    }

    [Fact]
    public void Health_is_asked_beyond_the_limit_too()
    {
        for (int i = 0; i < 3; i++) _server.Open("/echo");
        Assert.Equal(503, Try());
        Assert.Equal(200, _server.Get("/healthz").StatusCode);
        Assert.Equal(200, _server.Send("OPTIONS / HTTP/1.0\r\n\r\n").StatusCode);
    }

    private int Try(string path = "/echo")
    {
        TestClient client = _server.Connect();
        int statusCode = client.Ask(path).StatusCode;
        if (statusCode != 101) client.Shutdown();
        return statusCode;
    }
}
