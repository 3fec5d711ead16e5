using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>Control frames cost the sender more than the server.</summary>
public sealed class ControlFloodTests : IDisposable
{
    private const int Limit = 10_000;

    private readonly TestServer _server =
        new(static options => (options.MaxPendingInputBytes, options.MaxPendingOutputBytes) = (Limit, Limit));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Pings_of_a_peer_that_does_not_read_make_one_pong_wait_and_no_buffer_grow()
    {
        TestClient client = _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        client.Peer.WindowBytes = client.Peer.Received.Length + 10;
        byte[] flood = Wire.Repeat(Frame.Ping(new string('p', 125)), 10_000);
        client.SendRaw(flood[..(100 * 131)]);
        // What one piece of input can leave behind: as many bytes as it had, at most.
        int pending = connection.PendingOutputBytes;
        Assert.InRange(pending, 1, TestServer.ReceiveBufferBytes);
        long lent = _server.Pool.LentBytes;
        for (int i = 0; i < 10; i++) client.SendRaw(flood);
        client.SendRaw(Frame.Ping("last"));
        Assert.Equal((pending, lent), (connection.PendingOutputBytes, _server.Pool.LentBytes));
        client.Peer.WindowBytes = int.MaxValue;
        List<Frame> frames = client.Drain();
        Assert.All(frames, static frame => Assert.Equal(10, frame.Opcode));
        Assert.Equal("last", frames[^1].Utf8);
        Assert.InRange(frames.Count, 2, 101);
        Assert.Equal(0, connection.PendingOutputBytes);
    }

    [Fact]
    public void Pongs_that_nobody_asked_for_wait_within_the_limit_of_input()
    {
        _server.Script.Pong = (_, _) => _server.Script.Gate.PassAsync();
        TestClient client = _server.Open("/script");
        long before = _server.Pool.LentBytes;
        _server.Pool.PeakBytes = before;
        for (int i = 0; i < 200; i++) client.Peer.Send(Wire.Repeat(Frame.Pong(""), 10_000));
        _server.Run();
        // The inbox, its double while it grows, and what came with the message that filled it.
        Assert.InRange(_server.Pool.PeakBytes - before, Limit, (6 * Limit) + TestServer.ReceiveBufferBytes);
        Assert.Single(_server.Journal, static line => line.StartsWith("pong", StringComparison.Ordinal));
        client.Reset();
    }

    [Fact]
    public void To_handlers_that_do_not_ask_for_pongs_a_flood_is_nothing()
    {
        TestClient client = _server.Open("/echo");
        (_server.Pool.PeakBytes, long before) = (_server.Pool.LentBytes, _server.Pool.LentBytes);
        for (int i = 0; i < 20; i++) client.SendRaw(Wire.Repeat(Frame.Pong("p"), 10_000));
        client.Say("still here");
        Assert.Equal("still here", client.NextText());
        // What one receive brought beyond a turn waits for the next one.
        Assert.InRange(_server.Pool.PeakBytes - before, 0, TestServer.ReceiveBufferBytes);
        Assert.Equal(before, _server.Pool.LentBytes);
    }

    [Fact]
    public void Of_a_thousand_close_frames_one_is_answered()
    {
        TestClient client = _server.Open("/script");
        client.SendRaw(Wire.Repeat(Frame.Close(1000), 1000));
        client.ExpectClose(1000);
        client.SendRaw(Wire.Repeat(Frame.Close(4000), 1000));
        client.ExpectNothing();
        client.Shutdown();
        Assert.Equal(["open", "close 1000 '' clean"], _server.Journal);
    }
}
