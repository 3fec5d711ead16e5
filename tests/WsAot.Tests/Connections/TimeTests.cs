using WsAot.Memory;
using WsAot.Protocol.Frames;
using WsAot.Tests.Harness;
using WsAot.Timers;

namespace WsAot.Tests.Connections;

/// <summary>Deadlines are kept at the next tick of the timer wheel: to the millisecond, and never before.</summary>
public sealed class TimeTests : IDisposable
{
    private TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_silent_peer_is_pinged_and_then_dropped()
    {
        TestClient client = _server.Open("/script");
        long pingMs = TestServer.AtTick(25_000);
        _server.AdvanceTo(pingMs - 1);
        client.ExpectNothing();
        _server.AdvanceTo(pingMs);
        Assert.Equal((9, 0), (client.Next() is var ping ? ping.Opcode : 0, ping.Payload.Length));

        long dropMs = TestServer.AtTick(pingMs + 10_000);
        _server.AdvanceTo(dropMs - 1);
        Assert.False(client.Peer.IsClosed);
        _server.AdvanceTo(dropMs);
        Assert.True(client.Peer.IsReset);
        Assert.Equal("close 1006 '' unclean", _server.Journal[^1]);
    }

    [Fact]
    public void Any_input_is_a_sign_of_life()
    {
        TestClient client = _server.Open("/echo");
        _server.AdvanceTo(20_000);
        client.SendRaw([0x81]);
        _server.AdvanceTo(TestServer.AtTick(45_000) - 1);
        client.ExpectNothing();
        _server.AdvanceTo(TestServer.AtTick(45_000));
        Assert.Equal(9, client.Next().Opcode);
    }

    [Fact]
    public void A_pong_keeps_the_connection_and_the_next_ping_follows_an_interval_later()
    {
        TestClient client = _server.Open("/echo");
        for (int i = 0; i < 5; i++)
        {
            _server.Advance(TestServer.AtTick(25_000));
            Assert.Equal(9, client.Next().Opcode);
            client.SendRaw(Frame.Pong(""));
        }

        _server.Advance(10_100);
        Assert.False(client.Peer.IsClosed);
    }

    [Fact]
    public void An_idle_connection_is_closed_with_1001_although_it_answers_pings()
    {
        Restart(static options => options.IdleTimeoutMs = 60_000);
        TestClient client = _server.Open("/script");
        _server.AdvanceTo(30_000);
        client.Say("a message");
        Assert.Equal(9, client.Next().Opcode);
        while (_server.Time.NowMs < 88_000)
        {
            _server.Advance(2000);
            client.SendRaw(Frame.Pong("still here"));
        }

        client.Drain();
        _server.AdvanceTo(TestServer.AtTick(90_000) - 1);
        client.ExpectNothing();
        _server.AdvanceTo(TestServer.AtTick(90_000));
        client.ExpectClose(1001, "no message for 60000 ms");
    }

    [Fact]
    public void A_connection_that_only_listens_is_not_idle_while_it_gets_messages()
    {
        Restart(static options => options.IdleTimeoutMs = 3000);
        TestClient subscriber = _server.Open("/room/a");
        TestClient other = _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[1];
        int heard = 0;
        var frames = new List<Frame>();
        for (int i = 0; i < 31; i++)
        {
            _server.Advance(300);
            // What is published, and what is sent from elsewhere.
            _server.Server.Publish("a", "news");
            if (i < 10) connection.Send("news");
            _server.Run();
            heard += subscriber.Drain().Count;
            frames.AddRange(other.Drain());
        }

        Assert.Equal(31, heard);
        Assert.Equal(10, frames.Count(static frame => frame.Opcode == 1));
        // What is sent is seen at the next deadline, so the idle time may be twice as long.
        Assert.Equal(8, frames[^1].Opcode);
        _server.Advance(6100);
        subscriber.ExpectClose(1001, "no message for 3000 ms");
    }

    [Fact]
    public void A_ping_of_the_application_keeps_no_connection_that_is_idle()
    {
        Restart(static options => options.IdleTimeoutMs = 3000);
        TestClient client = _server.Open("/echo");
        for (int i = 0; i < 10; i++)
        {
            _server.Server.GetConnections()[0].Ping([1]);
            _server.Advance(290);
        }

        Assert.All(client.Drain(), static frame => Assert.Equal((int)Opcode.Ping, frame.Opcode));
        _server.AdvanceTo(TestServer.AtTick(3000));
        client.ExpectClose(1001, "no message for 3000 ms");
    }

    [Fact]
    public void Pings_come_in_the_interval_however_long_the_pong_may_take()
    {
        Restart(static options => (options.PingIntervalMs, options.PongTimeoutMs) = (1000, 5000));
        TestClient client = _server.Open("/echo");
        var pings = new List<long>();
        while (_server.Time.NowMs < 10_500)
        {
            _server.Advance(1);
            if (client.TryNext() is not { } ping) continue;
            Assert.Equal((int)Opcode.Ping, ping.Opcode);
            pings.Add(_server.Time.NowMs);
            client.SendRaw(Frame.Pong(""));
        }

        Assert.Equal(10, pings.Count);
        Assert.All(pings.Zip(pings.Skip(1)), static pair => Assert.InRange(pair.Second - pair.First, 1000, 1000 + TimerWheel.TickMs));
    }

    [Fact]
    public void Without_intervals_nothing_is_ever_looked_at()
    {
        Restart(static options => options.PingIntervalMs = 0);
        TestClient client = _server.Open("/echo");
        _server.Advance(86_400_000);
        client.ExpectNothing();
        // But for the memory, once after each thing that happened.
        _server.Advance(LoopMemory.IntervalMs);
        Assert.Equal(-1, _server.Transport.NextBatchMs);
    }

    [Fact]
    public void A_close_that_is_not_answered_ends_without_a_reset()
    {
        _server.Script.OnOpen(static connection => connection.Close(4000));
        TestClient client = _server.Open("/script");
        client.ExpectClose(4000);
        _server.AdvanceTo(TestServer.AtTick(5000) - 1);
        Assert.False(client.Peer.IsClosed);
        _server.AdvanceTo(TestServer.AtTick(5000));
        Assert.True(client.Peer.IsClosed && !client.Peer.IsReset);
        Assert.Equal("close 4000 '' unclean", _server.Journal[^1]);
    }

    [Fact]
    public void A_close_frame_that_is_not_even_taken_ends_in_a_reset()
    {
        _server.Script.OnText(static (connection, _) => connection.Close(4000));
        TestClient client = _server.Open("/script");
        client.Say("go");
        _server.AdvanceTo(TestServer.AtTick(5000));
        Assert.True(client.Peer.IsReset);
    }

    [Fact]
    public void A_peer_that_answers_the_close_but_never_ends_tcp_is_ended()
    {
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Close(1000));
        _server.AdvanceTo(TestServer.AtTick(5000) - 1);
        Assert.False(client.Peer.IsClosed);
        _server.AdvanceTo(TestServer.AtTick(5000));
        Assert.True(client.Peer.IsClosed);
        Assert.Equal("close 1000 '' clean", _server.Journal[^1]);
    }

    [Fact]
    public void A_peer_whose_input_is_not_read_cannot_be_judged()
    {
        Restart(static options => options.MaxPendingInputBytes = 10);
        _server.Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("pending"), Frame.Text("makes reading pause"));
        _server.Advance(10_000_000);
        Assert.False(client.Peer.IsClosed);
        // It is pinged all the same, since that shows whether anybody is there; its pong could not be seen.
        Assert.All(client.Drain(), static frame => Assert.Equal((int)Opcode.Ping, frame.Opcode));
        _server.LetOneGo();
        _server.LetOneGo();
        Assert.Equal("pending makes reading pause", client.Texts());
    }

    [Fact]
    public void A_peer_that_stops_reading_is_dropped()
    {
        Restart(static options => options.MaxPendingOutputBytes = 100);
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 0;
        client.SendRaw(Frame.Binary(new byte[200]), Frame.Text("waits"));
        _server.AdvanceTo(TestServer.AtTick(25_000));
        _server.AdvanceTo(TestServer.AtTick(_server.Time.NowMs + 10_000) - 1);
        Assert.False(client.Peer.IsClosed);
        _server.Advance(1);
        Assert.True(client.Peer.IsClosed);
    }

    [Fact]
    public void A_peer_that_reads_slowly_is_alive()
    {
        Restart(static options => options.MaxPendingOutputBytes = 100);
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 1;
        client.SendRaw(Frame.Binary(new byte[200]));
        for (int i = 0; i < 20; i++)
        {
            _server.Advance(20_000);
            client.Peer.Take();
            _server.Run();
        }

        Assert.False(client.Peer.IsClosed);
    }

    [Fact]
    public void The_loop_is_asked_to_wake_for_the_next_deadline()
    {
        _server.Open("/echo");
        Assert.Equal(LoopMemory.IntervalMs, _server.Transport.NextBatchMs);
        _server.Advance(LoopMemory.IntervalMs);
        Assert.Equal(TestServer.AtTick(25_000) - LoopMemory.IntervalMs, _server.Transport.NextBatchMs);
    }

    private void Restart(Action<WsServerOptions> configure)
    {
        _server.Dispose();
        _server = new TestServer(configure);
    }
}
