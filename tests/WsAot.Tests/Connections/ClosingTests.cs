using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class ClosingTests : IDisposable
{
    private readonly TestServer _server = new();

    private List<string> Journal => _server.Journal;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "leaving")]
    [InlineData(1014, "")]
    [InlineData(3000, "registered")]
    [InlineData(4999, "private")]
    [InlineData(1005, "")]
    public void The_peers_close_is_answered_with_its_code(ushort code, string reason)
    {
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Close(code, reason), Frame.Text("too late"));
        client.ExpectClose(code, "");
        Assert.True(client.Peer.IsServerShut);
        Assert.False(client.Peer.IsClosed);
        client.Shutdown();
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
        Assert.Equal(["open", $"close {code} '{reason}' clean"], Journal);
    }

    [Fact]
    public void The_servers_close_is_complete_with_the_peers_answer()
    {
        _server.Script.OnText(static (connection, _) => connection.Close(4000, "bye"));
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("go"), Frame.Text("dropped"), Frame.Ping("not answered"));
        client.ExpectClose(4000, "bye");
        Assert.False(client.Peer.IsServerShut);
        client.SendRaw(Frame.Text("dropped"), Frame.Close(4000, "bye"));
        Assert.True(client.Peer.IsServerShut);
        client.ExpectNothing();
        client.Shutdown();
        Assert.Equal(["open", "text go", "close 4000 'bye' clean"], Journal);
    }

    [Fact]
    public void Both_may_close_at_once_and_each_keeps_to_its_own_code()
    {
        TestClient client = _server.Open("/script");
        _server.Server.GetConnections()[0].Close(4001, "server");
        client.SendRaw(Frame.Close(4002, "client"));
        // The peer's frame was read before the call ran, and was answered.
        client.ExpectClose(4002);
        client.Shutdown();
        Assert.Equal("close 4002 'client' clean", Journal[^1]);
    }

    [Fact]
    public void The_peers_code_is_reported_with_the_peers_reason()
    {
        _server.Script.OnOpen(static connection => connection.Close(4001, "server"));
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Close(1000));
        client.Shutdown();
        Assert.Equal("close 1000 '' clean", Journal[^1]);
    }

    [Fact]
    public void A_reason_is_cut_at_a_character_to_123_bytes()
    {
        _server.Script.OnOpen(static connection => connection.Close(1000, "x" + new string('é', 100)));
        _server.Open("/script").ExpectClose(1000, "x" + new string('é', 61));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void A_code_that_may_not_be_sent_is_refused_on_any_thread(ushort code)
    {
        _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => connection.Close(code));
        Assert.Throws<ArgumentOutOfRangeException>(() => _server.Server.CloseAll(code));
        Assert.Equal(WsState.Open, connection.State);
    }

    [Fact]
    public void A_fin_without_a_close_frame_is_an_abnormal_end()
    {
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"));
        client.Shutdown();
        client.ExpectNothing();
        Assert.True(client.Peer is { IsClosed: true, IsReset: false });
        Assert.Equal(["open", "text a", "close 1006 '' unclean"], Journal);
    }

    [Fact]
    public void A_reset_is_an_abnormal_end()
    {
        TestClient client = _server.Open("/script");
        client.Reset();
        Assert.Equal(["open", "close 1006 '' unclean"], Journal);
    }

    [Fact]
    public void A_code_that_was_sent_but_not_answered_is_reported_unclean()
    {
        _server.Script.OnOpen(static connection => connection.Close(4000, "bye"));
        TestClient client = _server.Open("/script");
        client.Reset();
        Assert.Equal(["open", "close 4000 'bye' unclean"], Journal);
    }

    [Fact]
    public void Abort_in_a_handler_resets_and_takes_no_further_message()
    {
        _server.Script.OnText(static (connection, _) =>
        {
            connection.Abort();
            connection.Close(4000, "never sent");
            connection.Send("never sent");
        });
        TestClient client = _server.Open("/script");
        client.SendRaw(Frame.Text("a"), Frame.Text("b"));
        Assert.True(client.Peer is { IsClosed: true, IsReset: true });
        client.ExpectNothing();
        Assert.Equal(["open", "text a", "close 1006 '' unclean"], Journal);
    }

    [Fact]
    public void Abort_off_the_loop()
    {
        TestClient client = _server.Open("/script");
        _server.Server.GetConnections()[0].Abort();
        _server.Run();
        Assert.True(client.Peer.IsReset);
        Assert.Equal("close 1006 '' unclean", Journal[^1]);
    }

    [Fact]
    public void Close_in_OnOpen_follows_the_response()
    {
        _server.Script.OnOpen(static connection =>
        {
            connection.Send("hello");
            connection.Close(4000);
        });
        TestClient client = _server.Open("/script");
        Assert.Equal("hello", client.NextText());
        client.ExpectClose(4000);
    }

    [Fact]
    public void States_go_from_connecting_to_closed_and_what_comes_later_has_no_effect()
    {
        var states = new List<WsState>();
        WsConnection? connection = null;
        _server.Script.Created = created => states.Add((connection = created).State);
        _server.Script.OnOpen(opened => states.Add(opened.State));
        _server.Script.OnText((opened, _) =>
        {
            opened.Close();
            states.Add(opened.State);
        });
        _server.Script.OnClose((closed, _) =>
        {
            states.Add(closed.State);
            closed.Close();
            closed.Abort();
            closed.Subscribe("topic");
            Assert.Equal(SendResult.Refused, closed.Send("late"));
            closed.Publish("topic", "to nobody");
        });
        TestClient client = _server.Open("/script");
        client.Say("close");
        client.Reset();
        Assert.Equal([WsState.Connecting, WsState.Open, WsState.Closing, WsState.Closed], states);
        Assert.Equal(SendResult.Refused, connection!.Send("late"));
        connection.Close();
        connection.Subscribe("topic");
        connection.Unsubscribe("topic");
        _server.Run();
        Assert.Empty(_server.Log.Errors);
    }

    [Fact]
    public void The_token_is_cancelled_at_the_end_and_for_those_who_ask_later()
    {
        WsConnection? connection = null;
        _server.Script.OnOpen(opened => connection = opened);
        TestClient client = _server.Open("/script");
        CancellationToken token = connection!.ConnectionClosed;
        client.SendRaw(Frame.Close(1000));
        Assert.False(token.IsCancellationRequested);
        client.Shutdown();
        Assert.True(token.IsCancellationRequested);
        Assert.Equal(token, connection.ConnectionClosed);

        client = _server.Open("/script");
        client.Reset();
        Assert.True(connection.ConnectionClosed.IsCancellationRequested);
    }
}
