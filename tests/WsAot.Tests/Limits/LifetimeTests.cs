using WsAot.Connections;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Limits;

public sealed class LifetimeTests : IDisposable
{
    private const int LifetimeMs = 1_000_000;

    private readonly TestServer _server = new(static options => options.MaxConnectionLifetimeMs = LifetimeMs);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Those_that_came_together_end_one_by_one_in_the_last_tenth_each_with_1012()
    {
        _server.Advance(12_345);
        TestClient[] clients = [.. Enumerable.Range(0, 100).Select(_ => _server.Open("/echo"))];
        Session[] sessions = [.. _server.Server.GetConnections().Select(static connection => connection.Session)];
        long start = _server.Time.NowMs;
        KeepAlive(clients, start + (LifetimeMs / 10 * 9) - 100);
        Assert.Equal(100, _server.Server.ConnectionCount);
        int last = 0;
        for (int part = 1; part <= 10; part++)
        {
            KeepAlive(clients, start + (LifetimeMs / 10 * 9) + (LifetimeMs / 100 * part));
            int closed = sessions.Count(static session => session.EndCause == EndCause.LifetimeOver);
            // Spread evenly: so many in each tenth of the tenth.
            Assert.InRange(closed - last, 8, 12);
            last = closed;
        }

        Assert.Equal(100, last);
        foreach (TestClient client in clients)
        {
            Frame close = client.Drain()[^1];
            Assert.Equal((1012, "maximum connection lifetime reached; connect again"), (close.CloseCode, close.CloseReason));
            client.SendRaw(Frame.Close(1012));
        }

        string line = _server.Log.Entries.First(static entry => entry.Id == 6).Message;
        Assert.EndsWith("(see --max-connection-lifetime-ms)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_the_timer_of_the_keep_alive_and_no_other()
    {
        TestClient client = _server.Open("/echo");
        Session session = _server.Server.GetConnections()[0].Session;
        Assert.Equal(25_000u, session.DueMs);
        client.Reset();
        Assert.Equal(-1, _server.Server.Lifetime.Loops[0].State.Timers.NextInMs(0));
    }

    [Fact]
    public void A_route_may_have_a_shorter_one_and_one_without_pings_ends_too()
    {
        using var server = new TestServer(static options => options.PingIntervalMs = 0);
        TestClient client = server.Open("/limited");
        TestClient other = server.Open("/echo");
        server.Advance(89_000);
        client.ExpectNothing();
        server.Advance(11_100);
        client.ExpectClose(1012);
        client.SendRaw(Frame.Close(1012));
        server.Advance(10_000_000);
        other.ExpectNothing();
    }

    [Fact]
    public void One_that_is_closing_already_is_left_to_it()
    {
        TestClient client = _server.Open("/echo");
        Session session = _server.Server.GetConnections()[0].Session;
        KeepAlive([client], LifetimeMs / 10 * 9);
        session.Close(4000, "bye");
        _server.Advance(LifetimeMs / 5);
        Assert.Equal(EndCause.Closed, session.EndCause);
        Assert.Equal(4000, client.Drain()[^1].CloseCode);
    }

    private void KeepAlive(TestClient[] clients, long untilMs)
    {
        while (_server.Time.NowMs < untilMs)
        {
            foreach (TestClient client in clients)
            {
                bool isOpen = !client.Peer.IsServerShut && !client.Peer.IsClosed && !client.Peer.Received.Contains((byte)0x88);
                if (isOpen) client.SendRaw(Frame.Pong(""));
            }

            _server.AdvanceTo(Math.Min(untilMs, _server.Time.NowMs + 9000));
        }
    }
}
