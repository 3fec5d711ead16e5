using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class OutputTests : IDisposable
{
    private const int Limit = 1000;

    private readonly TestServer _server = new(static options => options.MaxPendingOutputBytes = Limit);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Sending_says_sent_then_queued_then_refused()
    {
        var results = new List<SendResult>();
        WsConnection? connection = null;
        _server.Script.OnText((opened, _) =>
        {
            connection = opened;
            results.Add(opened.SendBinary(new byte[96]));
        });
        TestClient client = _server.Open("/script");
        client.Say("a");
        client.Peer.WindowBytes = 0;
        // What is said to have been sent meets a kernel that takes nothing; what follows is queued; the last one passes the limit.
        for (int i = 0; i < 12; i++) client.SendRaw(Frame.Text("a"));
        Assert.Equal([SendResult.Sent, SendResult.Sent, .. Enumerable.Repeat(SendResult.Queued, 10)], results);
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(13, client.Drain().Count);
        Assert.Equal(0, connection!.PendingOutputBytes);
    }

    [Fact]
    public void What_waits_passes_the_limit_by_one_message_at_most()
    {
        var results = new List<SendResult>();
        _server.Script.OnText((connection, _) =>
        {
            for (int i = 0; i < 5; i++) results.Add(connection.SendBinary(new byte[20_000]));
        });
        TestClient client = _server.Open("/script");
        client.Peer.WindowBytes = 1;
        client.Say("a");
        Assert.Equal([SendResult.Queued, .. Enumerable.Repeat(SendResult.Refused, 4)], results);
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Single(client.Drain());
    }

    [Fact]
    public void A_peer_that_does_not_read_is_not_read_and_no_echo_is_lost()
    {
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 100;
        for (int i = 0; i < 500; i++) client.Peer.Send(Frame.Text($"{i:D60}"));
        _server.Run();
        Assert.InRange(_server.Server.GetConnections()[0].PendingOutputBytes, Limit, Limit + 100);
        Assert.Equal(Enumerable.Range(0, 500).Select(static i => $"{i:D60}"), client.Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void Of_one_large_piece_no_echo_is_lost_either()
    {
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 100;
        client.SendRaw([.. Enumerable.Range(0, 900).Select(static i => Frame.Text($"{i:D60}"))]);
        Assert.Equal(Enumerable.Range(0, 900).Select(static i => $"{i:D60}"), client.Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void Asynchronous_echoes_are_not_lost_either()
    {
        var results = new List<SendResult>();
        _server.Script.Text = async (connection, text) =>
        {
            await Task.Yield();
            results.Add(connection.Send(text));
        };
        TestClient client = _server.Open("/script");
        client.Peer.WindowBytes = 100;
        for (int i = 0; i < 200; i++) client.Peer.Send(Frame.Text($"{i:D600}"));
        _server.Run();
        Assert.InRange(results.Count, 1, 5);
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"{i:D600}"), client.Drain().Select(static frame => frame.Utf8));
        Assert.DoesNotContain(SendResult.Refused, results);
    }

    [Fact]
    public void A_burst_beyond_the_limit_after_an_await_does_not_stop_a_peer_that_reads()
    {
        _server.Script.Text = static async (connection, text) =>
        {
            await Task.Yield();
            for (int i = 0; i < 4; i++) connection.Send(new string('x', 600));
            connection.Send(text);
        };
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"), Frame.Text("c"));
        client.Say("d");
        Assert.Equal(["a", "b", "c", "d"], client.Drain().Select(static frame => frame.Utf8).Where(static text => text.Length == 1));
    }

    [Fact]
    public void Reading_goes_on_when_half_of_the_output_has_gone()
    {
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 10;
        for (int i = 0; i < 12; i++) client.Peer.Send(Frame.Binary(new byte[98]));
        _server.Run();
        WsConnection connection = _server.Server.GetConnections()[0];
        Assert.InRange(connection.PendingOutputBytes, Limit, Limit + 100);
        client.SendRaw(Frame.Ping("waits"));
        while (connection.PendingOutputBytes > (Limit / 2) + 10)
        {
            client.Peer.Take();
            _server.Run();
        }

        // The two messages that are left still wait in the peer's kernel.
        Assert.True(connection.PendingOutputBytes <= (Limit / 2) + 10);
        client.Peer.Take();
        _server.Run();
        Assert.True(connection.PendingOutputBytes > Limit / 2);
    }

    [Fact]
    public void Pongs_to_a_peer_that_does_not_read_become_one_with_the_latest_payload()
    {
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 0;
        client.Say("fills the window");
        for (int i = 0; i < 1000; i++) client.SendRaw(Frame.Ping($"{i}"));
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(["fills the window", "999"], client.Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void A_pong_does_not_wait_until_nothing_else_waits()
    {
        TestClient client = _server.Open("/echo");
        client.Peer.WindowBytes = 1;
        client.Say("fills the window");
        client.SendRaw(Frame.Ping("p"));
        client.Peer.WindowBytes = 2;
        _server.Run();
        client.Say("more");
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(["fills the window", "p", "more"], client.Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void A_ping_is_answered_although_a_message_of_the_same_batch_goes_before()
    {
        TestClient speaker = _server.Open("/room/a");
        TestClient listener = _server.Open("/room/a");
        speaker.Peer.Send(Frame.Text("hello"));
        listener.Peer.Send(Frame.Ping("p"));
        _server.Run();
        Assert.Equal("hello p", listener.Texts());
    }

    [Fact]
    public void Off_the_loop_calls_are_queued_in_order_and_run_by_the_next_batch()
    {
        TestClient client = _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        Assert.Equal(SendResult.Queued, connection.Send("a"));
        Assert.Equal(3, connection.PendingOutputBytes);
        connection.Ping("b"u8);
        connection.SendBinary("c"u8);
        connection.Close(4001, "d");
        Assert.Equal(SendResult.Queued, connection.Send("lost"));
        client.ExpectNothing();
        _server.Run();
        Assert.Equal([1, 9, 2, 8], client.Drain().Select(static frame => frame.Opcode));
        Assert.Equal(0, connection.PendingOutputBytes);
        Assert.Equal(SendResult.Refused, connection.Send("closing"));
    }

    [Fact]
    public void Off_the_loop_the_limit_counts_what_is_posted_frame_by_frame()
    {
        TestClient client = _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        int accepted = 0;
        while (connection.Send("") == SendResult.Queued) accepted++;
        Assert.Equal(Limit / 2, accepted);
        _server.Run();
        Assert.Equal(Limit / 2, client.Drain().Count);
        Assert.Equal(SendResult.Queued, connection.Send("again"));
    }
}
