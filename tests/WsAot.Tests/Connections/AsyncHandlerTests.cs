using WsAot.Connections;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class AsyncHandlerTests : IDisposable
{
    private readonly TestServer _server = new(static options => options.MaxPendingInputBytes = 1000);

    private Script Script => _server.Script;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Messages_wait_in_order_while_the_handler_is_pending()
    {
        Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"), Frame.Text("c"));
        Assert.Equal(["open", "text a"], _server.Journal);
        _server.LetOneGo();
        Assert.Equal("a", client.Texts());
        Assert.Equal(["open", "text a", "text b"], _server.Journal);
        client.Say("d");
        for (int i = 0; i < 3; i++) _server.LetOneGo();
        Assert.Equal("b c d", client.Texts());
    }

    [Fact]
    public void Messages_wait_until_OnOpen_has_ended()
    {
        Script.Opened = _ => Script.Gate.PassAsync();
        TestClient client = _server.Open("/script");
        client.Say("a");
        Assert.Equal(["open"], _server.Journal);
        _server.LetOneGo();
        Assert.Equal(["open", "text a"], _server.Journal);
    }

    [Fact]
    public void Pings_are_answered_meanwhile()
    {
        Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"), Frame.Ping("1"));
        Assert.Equal((10, "1"), (client.Next() is var pong ? pong.Opcode : 0, pong.Utf8));
    }

    [Fact]
    public void At_the_limit_of_waiting_input_reading_pauses_and_nothing_is_lost()
    {
        Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.Say("first");
        for (int i = 0; i < 100; i++) client.Peer.Send(Frame.Text($"{i:D95}"));
        _server.Run();
        client.SendRaw(Frame.Ping("late"));
        client.ExpectNothing();

        for (int i = 0; i < 101; i++) _server.LetOneGo();
        List<Frame> frames = client.Drain();
        Assert.Contains(frames, static frame => frame.Opcode == 10);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(static i => $"{i:D95}").Prepend("first"),
            frames.Where(static frame => frame.Opcode == 1).Select(static frame => frame.Utf8));
    }

    [Fact]
    public void Reading_goes_on_when_half_of_it_is_left()
    {
        Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("first"));
        // Ten messages of 100 bytes with the heads of their records: the limit.
        for (int i = 0; i < 10; i++) client.Say(new string('x', 95));
        client.SendRaw(Frame.Ping("waits"));
        for (int i = 0; i < 4; i++) _server.LetOneGo();
        Assert.DoesNotContain(client.Drain(), static frame => frame.Opcode == 10);
        _server.LetOneGo();
        Assert.Contains(client.Drain(), static frame => frame.Opcode == 10);
    }

    [Fact]
    public void A_payload_taken_as_memory_stays_until_the_task_has_ended()
    {
        TestClient client = _server.Open("/slow-memory");
        client.SendRaw(Frame.Binary([1, 2, 3]));
        client.SendRaw(Frame.Binary([4, 5, 6]), Frame.Ping("x"));
        client.Next();
        _server.LetOneGo();
        Assert.Equal([1, 2, 3], client.Next().Payload);
        _server.LetOneGo();
        Assert.Equal([4, 5, 6], client.Next().Payload);
    }

    [Fact]
    public void A_payload_taken_as_memory_stays_although_the_connection_ends_and_its_token_throws()
    {
        WsConnection? connection = null;
        Script.Binary = async (opened, _) =>
        {
            connection = opened;
            opened.ConnectionClosed.Register(static () => throw new InvalidOperationException("a callback"));
            await Script.Gate.PassAsync();
        };
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Binary([1, 2, 3]));
        int lent = _server.Pool.LentCount;
        client.Reset();
        Assert.Equal(WsState.Closed, connection!.State);
        Assert.Equal(lent, _server.Pool.LentCount);
        _server.LetOneGo();
        Assert.Equal(lent - 1, _server.Pool.LentCount);
        Assert.Single(_server.Log.Errors);
    }

    [Fact]
    public void Whatever_is_thrown_while_it_receives_the_context_of_the_thread_is_restored()
    {
        _server.Open("/script");
        Session session = _server.Server.GetConnections()[0].Session;
        SynchronizationContext? former = SynchronizationContext.Current;
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        _server.Pool.IsExhausted = true;
        try
        {
            // Half a frame has to be kept.
            Assert.Throws<InsufficientMemoryException>(() => session.OnReceived(Frame.Text("half").AsSpan(..^1)));
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            _server.Pool.IsExhausted = false;
            SynchronizationContext.SetSynchronizationContext(former);
        }
    }

    [Fact]
    public void After_an_await_the_handler_is_on_its_loop_again()
    {
        var results = new List<SendResult>();
        Script.Text = async (connection, text) =>
        {
            await Task.Yield();
            await Script.Gate.PassAsync();
            // Sent, and not queued for another thread.
            results.Add(connection.Send(text));
        };
        TestClient client = _server.Open("/script");
        client.Say("a");
        _server.LetOneGo();
        Assert.Equal([SendResult.Sent], results);
    }

    [Fact]
    public void Messages_that_wait_reach_the_handler_although_the_peer_has_closed_and_OnClose_comes_last()
    {
        Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"), Frame.Close(1000));
        client.ExpectClose(1000);
        client.Shutdown();
        Assert.True(client.Peer.IsClosed);
        Assert.Equal(0, _server.Server.ConnectionCount);
        _server.LetOneGo();
        _server.LetOneGo();
        Assert.Equal(["open", "text a", "text b", "close 1000 '' clean"], _server.Journal);
    }

    [Fact]
    public void After_the_servers_close_what_waits_is_dropped()
    {
        Script.Text = async (connection, _) =>
        {
            await Script.Gate.PassAsync();
            connection.Close(4000, "enough");
        };
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"), Frame.Text("c"));
        _server.LetOneGo();
        client.ExpectClose(4000, "enough");
        client.SendRaw(Frame.Text("d"), Frame.Close(4000));
        client.Shutdown();
        Assert.Equal(["open", "text a", "close 4000 '' clean"], _server.Journal);
    }

    [Fact]
    public void The_token_tells_a_pending_handler_of_the_end_and_heeding_it_is_no_error()
    {
        Script.Text = static async (connection, _) => await Gate.UntilCancelledAsync(connection.ConnectionClosed);
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"));
        client.Reset();
        Assert.Equal(["open", "text a", "text b", "close 1006 '' unclean"], _server.Journal);
        Assert.Empty(_server.Log.Errors);
    }

    [Fact]
    public void Thousands_of_waiting_messages_whose_handlers_fail_at_once_do_not_nest()
    {
        using var server = new TestServer();
        server.Script.Text = async (connection, _) =>
        {
            await server.Script.Gate.PassAsync();
            connection.ConnectionClosed.ThrowIfCancellationRequested();
        };
        TestClient client = server.Open("/script");
        client.Say("first");
        byte[] tiny = Frame.Text("x");
        for (int i = 0; i < 5; i++) client.SendRaw([.. Enumerable.Repeat(tiny, 4000)]);
        server.Script.Text = static (connection, _) => Task.FromCanceled(connection.ConnectionClosed);
        client.Reset();
        server.LetOneGo();
        Assert.Equal(20_003, server.Journal.Count);
        Assert.StartsWith("close 1006", server.Journal[^1], StringComparison.Ordinal);
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public void OnClose_may_take_its_time_and_comes_once()
    {
        Script.Closed = (_, _) => Script.Gate.PassAsync();
        TestClient client = _server.Open("/script");
        client.Reset();
        Assert.Equal(["open", "close 1006 '' unclean"], _server.Journal);
        _server.LetOneGo();
        Assert.Equal(2, _server.Journal.Count);
    }
}
