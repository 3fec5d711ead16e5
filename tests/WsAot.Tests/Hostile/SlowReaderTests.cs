using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>A publisher does not wait for anybody, and nobody makes the server remember more than the limit.</summary>
public sealed class SlowReaderTests : IDisposable
{
    private const int Limit = 1000;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_hundred_that_do_not_read_cost_their_limit_each_and_the_publisher_nothing()
    {
        TestClient[] slow = [.. Enumerable.Range(0, 100).Select(_ => _server.Open("/room/a"))];
        TestClient reader = _server.Open("/room/a");
        TestClient speaker = _server.Open("/room/a");
        foreach (TestClient client in slow) client.Peer.WindowBytes = client.Peer.Received.Length + 100;
        var heard = new List<string>();
        long lent = 0;
        for (int i = 0; i < 2000; i++)
        {
            speaker.Say($"{i:D60}");
            heard.Add(reader.NextText());
            if (i == 100) lent = _server.Pool.LentBytes;
        }

        Assert.Equal(Enumerable.Range(0, 2000).Select(static i => $"{i:D60}"), heard);
        Assert.Equal(2000, speaker.Drain().Count);
        Assert.Equal(lent, _server.Pool.LentBytes);
        Assert.All(_server.Server.GetConnections(), static connection => Assert.InRange(connection.PendingOutputBytes, 0, Limit + 62));
        // Who takes nothing in answers no ping either.
        _server.Advance(60_000);
        Assert.All(slow, static client => Assert.True(client.Peer.IsClosed));
    }

    [Fact]
    public void Where_the_route_closes_them_they_are_gone_in_time_although_they_read_no_close_frame()
    {
        TestClient[] slow = [.. Enumerable.Range(0, 100).Select(_ => _server.Open("/strict-room"))];
        foreach (TestClient client in slow) client.Peer.WindowBytes = client.Peer.Received.Length;
        for (int i = 0; i < 30; i++)
        {
            _server.Server.Publish("strict", new string('x', 100));
            _server.Run();
        }

        Assert.All(_server.Server.GetConnections(), static connection => Assert.Equal(WsState.Closing, connection.State));
        _server.Advance(6000);
        Assert.All(slow, static client => Assert.True(client.Peer.IsReset));
        Assert.Equal(0, _server.Server.ConnectionCount);
    }
}
