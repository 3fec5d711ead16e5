using WsAot.Loops;
using WsAot.Tests.Harness;
using WsAot.Tests.Hostile;

namespace WsAot.Tests.Connections;

/// <summary>What one connection may make its loop do before the others have their turn.</summary>
public sealed class TurnTests : IDisposable
{
    private const int TinyBytes = 8;

    private readonly TestServer _server = new(static options => options.Compression = WsCompression.Shared);

    private Script Script => _server.Script;

    private int Handled => _server.Journal.Count(static line => line.StartsWith("text ", StringComparison.Ordinal)
        || line.StartsWith("binary ", StringComparison.Ordinal));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void An_honest_client_waits_for_one_turn_of_a_flooder_and_not_for_all_that_he_sent()
    {
        TestClient flooder = _server.Open("/script");
        TestClient honest = _server.Open("/echo");
        byte[] flood = Wire.Repeat(Frame.Text("ab"), TestServer.ReceiveBufferBytes / TinyBytes);
        flooder.Peer.Send([.. flood, .. flood]);
        int before = 0;
        int batches = 0;
        for (bool isBusy = true; isBusy; batches++)
        {
            honest.Peer.Send(Frame.Text($"{batches}"));
            isBusy = _server.Transport.RunBatch() && Handled < 2 * flood.Length / TinyBytes;
            Assert.Equal($"{batches}", honest.NextText());
            Assert.InRange(Handled - before, 0, TurnCosts.MaxMessages);
            before = Handled;
        }

        Assert.Equal(2 * flood.Length / TinyBytes, Handled);
        Assert.Equal(2 * flood.Length / TinyBytes / TurnCosts.MaxMessages, batches);
    }

    [Fact]
    public void Who_publishes_to_many_has_a_turn_for_so_many_deliveries()
    {
        const int Subscribers = 1000;
        const int Messages = 100;
        TestClient[] subscribers = [.. Enumerable.Range(0, Subscribers).Select(_ => _server.Open("/room/a"))];
        TestClient honest = _server.Open("/echo");
        Script.OnText(static (connection, text) => connection.Publish("a", text));
        TestClient flooder = _server.Open("/script");
        flooder.Peer.Send(Wire.Repeat(Frame.Text("ab"), Messages));
        // The last message of a turn may go beyond it.
        const int EachTurn = (TurnCosts.Turn / (Subscribers + TurnCosts.Message)) + 1;
        for (int handled = 0; handled < Messages; handled += EachTurn)
        {
            honest.Peer.Send(Frame.Text("in between"));
            _server.Transport.RunBatch();
            Assert.Equal("in between", honest.NextText());
            Assert.Equal(Math.Min(Messages, handled + EachTurn), Handled);
        }

        _server.Run();
        Assert.All(subscribers, static subscriber => Assert.Equal(Messages, subscriber.Drain().Count));
    }

    [Fact]
    public void What_others_publish_to_many_comes_in_portions_in_its_order()
    {
        const int Subscribers = 1000;
        const int Messages = 100;
        TestClient[] subscribers = [.. Enumerable.Range(0, Subscribers).Select(_ => _server.Open("/room/a"))];
        TestClient honest = _server.Open("/echo");
        // The test's own thread is no loop.
        for (int i = 0; i < Messages; i++) _server.Server.Publish("a", $"{i:00}");
        const int EachBatch = (TurnCosts.Turn / Subscribers) + 1;
        const int FrameBytes = 4;
        for (int heard = 0; heard < Messages;)
        {
            honest.Peer.Send(Frame.Text("in between"));
            _server.Transport.RunBatch();
            Assert.Equal("in between", honest.NextText());
            heard += EachBatch;
            Assert.All(subscribers, subscriber => Assert.Equal(Math.Min(Messages, heard), subscriber.Peer.Received.Length / FrameBytes));
        }

        Assert.Equal(
            Enumerable.Range(0, Messages).Select(static i => $"{i:00}"), subscribers[^1].Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void What_is_written_in_a_turn_leaves_in_one_send()
    {
        TestClient client = _server.Open("/echo");
        int calls = client.Peer.ReceivedCalls;
        client.SendRaw(Wire.Repeat(Frame.Text("ab"), 8 * TurnCosts.MaxMessages));
        Assert.Equal(8, client.Peer.ReceivedCalls - calls);
        Assert.Equal(8 * TurnCosts.MaxMessages, client.Drain().Count);
    }

    [Fact]
    public void Messages_of_a_whole_turn_and_no_more_need_no_other()
    {
        TestClient client = _server.Open("/echo");
        int lent = _server.Pool.LentCount;
        client.Peer.Send(Wire.Repeat(Frame.Text("ab"), TurnCosts.MaxMessages));
        _server.Transport.RunBatch();
        Assert.Equal(lent, _server.Pool.LentCount);
        Assert.False(_server.Transport.RunBatch());
        client.Peer.Send(Wire.Repeat(Frame.Text("ab"), TurnCosts.MaxMessages + 1));
        _server.Transport.RunBatch();
        Assert.Equal(lent + 1, _server.Pool.LentCount);
        _server.Run();
        Assert.Equal(lent, _server.Pool.LentCount);
    }

    [Fact]
    public void Messages_that_inflate_are_counted_by_what_they_become()
    {
        TestClient bomber = _server.Open("/script", Wire.Deflate);
        byte[] bomb = Frame.Masked(2, Wire.Compress(new byte[64 * 1024]), rsv: 4);
        const int Count = 100;
        bomber.Peer.Send(Wire.Repeat(bomb, Count));
        for (int before = 0; before < Count; before += TurnCosts.MaxInflatedBytes / (64 * 1024))
        {
            Assert.Equal(before, Handled);
            _server.Transport.RunBatch();
        }

        Assert.Equal(Count, Handled);
        Assert.InRange(_server.Pool.LentBytes, 0, 128 * 1024);
    }

    [Fact]
    public void Pings_count_too()
    {
        TestClient client = _server.Open("/echo");
        client.Peer.Send(Wire.Repeat(Frame.Ping(""), 3000));
        int pongs = 0;
        for (int left = 3000; left > 0; left -= TurnCosts.MaxMessages)
        {
            _server.Transport.RunBatch();
            while (client.TryNext() is not null) pongs++;
            Assert.Equal(3000 - Math.Max(0, left - TurnCosts.MaxMessages), pongs);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_FIN_right_behind_ten_thousand_messages_ends_the_connection_when_all_are_handled(bool isAbrupt)
    {
        TestClient client = _server.Open("/script");
        for (int i = 0; i < 10_000; i++) client.Peer.Send(Frame.Text($"{i}"));
        client.Peer.Send([.. Enumerable.Range(0, 5000).SelectMany(static i => Frame.Text($"{10_000 + i}"))]);
        if (isAbrupt) client.Peer.Reset();
        else client.Peer.Shutdown();
        _server.Run();
        Assert.Equal(["open", .. Enumerable.Range(0, 15_000).Select(static i => $"text {i}"), "close 1006 '' unclean"], _server.Journal);
    }

    [Fact]
    public void A_close_frame_in_the_rest_is_answered_after_what_came_before_it()
    {
        Script.OnText(static (connection, text) => connection.Send(text));
        TestClient client = _server.Open("/script");
        client.SendRaw([.. Wire.Repeat(Frame.Text("ab"), 3000), .. Frame.Close(4001), .. Wire.Repeat(Frame.Text("no"), 3000)]);
        List<Frame> frames = client.Drain();
        Assert.Equal(3001, frames.Count);
        Assert.Equal(4001, frames[^1].CloseCode);
        Assert.Equal("close 4001 '' clean", Ended(client));
    }

    [Fact]
    public void While_a_handler_is_pending_pings_in_the_rest_are_answered_until_the_limit_of_input_is_reached()
    {
        using var server = new TestServer(static options => options.MaxPendingInputBytes = 14_000);
        server.Script.EchoThroughGate();
        TestClient client = server.Open("/script");
        // More than half of what may wait: seven bytes each.
        client.SendRaw(Wire.Repeat(Frame.Text("ab"), 1900), Frame.Ping("seen"), Wire.Repeat(Frame.Text("ab"), 2000), Frame.Ping("not yet"));
        Assert.Equal("seen", client.Next().Utf8);
        client.ExpectNothing();
        for (int i = 0; i < 3900; i++) server.LetOneGo();
        Assert.Equal(3901, client.Drain().Count);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("in a later turn")]
    public void A_handler_that_closes_in_the_midst_hears_no_more_and_the_peers_close_frame_is_found_in_the_rest(string when)
    {
        int heard = 0;
        Script.OnText((connection, _) =>
        {
            if (++heard == (when == "first" ? 1 : 2500)) connection.Close(4000);
        });
        TestClient client = _server.Open("/script");
        client.SendRaw([.. Wire.Repeat(Frame.Text("ab"), 5000), .. Frame.Close(4000)]);
        Assert.Equal(when == "first" ? 1 : 2500, Handled);
        client.ExpectClose(4000);
        Assert.True(client.Peer.IsServerShut);
        Assert.Equal("close 4000 '' clean", Ended(client));
    }

    [Fact]
    public void Closed_from_elsewhere_while_a_rest_waits_the_peers_close_frame_is_found_in_it()
    {
        TestClient client = _server.Open("/script");
        client.Peer.Send([.. Wire.Repeat(Frame.Text("ab"), 5000), .. Frame.Close(4000)]);
        _server.Transport.RunBatch();
        _server.Server.GetConnections()[0].Close(4000);
        _server.Run();
        Assert.Equal(TurnCosts.MaxMessages, Handled);
        Assert.Equal("close 4000 '' clean", Ended(client));
    }

    [Fact]
    public void An_error_in_the_rest_fails_the_connection_after_what_came_before_it()
    {
        TestClient client = _server.Open("/script");
        client.SendRaw([.. Wire.Repeat(Frame.Text("ab"), 3000), 0xFF, 0xFF, .. Frame.Text("no")]);
        Assert.Equal(3000, Handled);
        client.ExpectClose(1002);
        Assert.Equal(0, _server.Pool.LentCount);
    }

    [Fact]
    public void A_connection_that_is_dropped_while_a_rest_waits_hears_no_more_and_gives_it_back()
    {
        TestClient client = _server.Open("/script");
        client.Peer.Send(Wire.Repeat(Frame.Text("ab"), 5000));
        _server.Transport.RunBatch();
        _server.Server.GetConnections()[0].Abort();
        _server.Run();
        Assert.Equal(TurnCosts.MaxMessages, Handled);
        Assert.Equal(0, _server.Pool.LentCount);
        Assert.True(client.Peer.IsReset);
    }

    [Fact]
    public void Messages_that_waited_for_a_handler_take_turns_too()
    {
        Script.Text = (_, text) => text == "first" ? Script.Gate.PassAsync() : Task.CompletedTask;
        TestClient client = _server.Open("/script");
        client.SendRaw([.. Frame.Text("first"), .. Wire.Repeat(Frame.Text("ab"), 8000)]);
        client.SendRaw(Wire.Repeat(Frame.Text("ab"), 2000), Frame.Text("last"));
        Assert.Equal(1, Handled);
        Script.Gate.LetOneGo();
        for (int left = 10_002 - 1; left > 0; left -= TurnCosts.MaxMessages)
        {
            Assert.Equal(10_002 - left, Handled);
            _server.Transport.RunBatch();
        }

        Assert.Equal(10_002, Handled);
        Assert.Equal("text last", _server.Journal[^1]);
        client.Say("and on");
        Assert.Equal("text and on", _server.Journal[^1]);
    }

    [Fact]
    public void Those_of_a_peer_that_has_gone_take_turns_and_come_before_OnClose()
    {
        Script.Text = (_, text) => text == "first" ? Script.Gate.PassAsync() : Task.CompletedTask;
        TestClient client = _server.Open("/script");
        client.SendRaw([.. Frame.Text("first"), .. Wire.Repeat(Frame.Text("ab"), 5000)]);
        client.Reset();
        Script.Gate.LetOneGo();
        _server.Transport.RunBatch();
        Assert.InRange(Handled, 2, 1 + TurnCosts.MaxMessages);
        _server.Run();
        Assert.Equal(5001, Handled);
        Assert.Equal("close 1006 '' unclean", _server.Journal[^1]);
    }

    [Fact]
    public void And_those_that_wait_when_the_server_ends()
    {
        Script.Text = (_, text) => text == "first" ? Script.Gate.PassAsync() : Task.CompletedTask;
        using var server = new TestServer();
        server.Script.Text = Script.Text;
        TestClient client = server.Open("/script");
        client.SendRaw([.. Frame.Text("first"), .. Wire.Repeat(Frame.Text("ab"), 8000)]);
        for (int i = 0; i < 15; i++) client.SendRaw(Wire.Repeat(Frame.Text("ab"), 8000));
        client.SendRaw(Frame.Close(4001));
        Script.Gate.LetOneGo();
        Stop(server);
        Assert.Equal(1 + (16 * 8000), server.Journal.Count(static line => line.StartsWith("text ", StringComparison.Ordinal)));
        Assert.Equal("close 4001 '' clean", server.Journal[^1]);
    }

    [Fact]
    public void A_peer_that_does_not_read_makes_a_rest_wait_and_nothing_is_lost()
    {
        using var server = new TestServer(static options => (options.MaxPendingOutputBytes, options.MaxPendingInputBytes) = (2000, 2000));
        TestClient client = server.Open("/echo");
        client.Peer.WindowBytes = 1000;
        byte[] messages = [.. Enumerable.Range(0, 6000).SelectMany(static i => Frame.Text($"{i:D4}"))];
        client.Peer.Send(messages);
        client.Peer.Send([.. Frame.Text("last"), .. Frame.Close(4001)]);
        server.Run();
        Assert.InRange(server.Server.GetConnections()[0].PendingOutputBytes, 2000, 2000 + (6 * TurnCosts.MaxMessages));
        List<Frame> frames = client.Drain();
        Assert.Equal([.. Enumerable.Range(0, 6000).Select(static i => $"{i:D4}"), "last"], frames[..^1].Select(static frame => frame.Utf8));
        Assert.Equal(4001, frames[^1].CloseCode);
    }

    [Fact]
    public void What_a_turn_throws_ends_its_connection_only()
    {
        TestClient other = _server.Open("/echo");
        Script.OnText((_, text) => throw new InvalidOperationException(text));
        TestClient client = _server.Open("/script");
        client.SendRaw(Wire.Repeat(Frame.Ping(""), 3000), Frame.Text("oops"));
        client.SendRaw(Frame.Ping(""));
        Assert.Contains(client.Drain(), static frame => frame.CloseCode == 1011);
        other.Say("unharmed");
        Assert.Equal("unharmed", other.NextText());
    }

    private static void Stop(TestServer server) => server.Server.DisposeAsync().AsTask().Wait();

    private string Ended(TestClient client)
    {
        client.Shutdown();
        _server.Advance(6000);
        Assert.True(client.Peer.IsClosed);
        return _server.Journal[^1];
    }
}
