using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

public sealed class TopicTests : IDisposable
{
    private readonly TestServer _server = new(loops: 2);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_one_publishes_all_subscribers_hear_on_every_loop_in_the_same_order()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 5).Select(_ => _server.Open("/room/a"))];
        TestClient stranger = _server.Open("/room/b");
        clients[0].SendRaw(Frame.Text("1"), Frame.Text("2"));
        clients[1].SendRaw(Frame.Text("3"));
        Assert.All(clients, static client => Assert.Equal("1 2 3", client.Texts()));
        stranger.ExpectNothing();
    }

    [Fact]
    public void The_constructor_may_subscribe_and_a_subscriber_may_leave()
    {
        TestClient stays = _server.Open("/room/a");
        TestClient leaves = _server.Open("/room/a");
        leaves.Say("leave");
        leaves.Say("leave");
        stays.Say("only for me");
        Assert.Equal("only for me", stays.NextText());
        leaves.ExpectNothing();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1000)]
    public void Twice_is_once_and_many_topics_are_many(int count)
    {
        _server.Script.OnOpen(connection =>
        {
            for (int i = 0; i < 2 * count; i++) connection.Subscribe("topic " + (i % count));
            connection.Unsubscribe("topic 0");
            connection.Unsubscribe("topic " + (count / 2));
            connection.Unsubscribe("topic " + (count / 2));
            connection.Subscribe("topic 0");
        });
        TestClient client = _server.Open("/script");
        for (int i = 0; i < count; i++) _server.Server.Publish("topic " + i, i.ToString());
        _server.Run();
        Assert.Equal(string.Join(' ', Enumerable.Range(0, count).Where(i => i != count / 2)), client.Texts());
    }

    [Fact]
    public void The_end_of_a_connection_ends_its_subscriptions()
    {
        TestClient stays = _server.Open("/room/a");
        for (int i = 0; i < 10; i++) _server.Open("/room/a").Reset();
        stays.Say("hello");
        Assert.Equal("hello", stays.NextText());
    }

    [Fact]
    public void A_closing_subscriber_hears_nothing_more()
    {
        _server.Script.OnOpen(static connection =>
        {
            connection.Subscribe("topic");
            connection.Publish("topic", "before");
            connection.Close(4000);
            connection.Publish("topic", "after");
        });
        TestClient client = _server.Open("/script");
        Assert.Equal("before", client.NextText());
        client.ExpectClose(4000);
    }

    [Fact]
    public void Publishing_in_OnClose_reaches_the_others()
    {
        _server.Script.OnOpen(static connection => connection.Subscribe("a"));
        _server.Script.OnClose(static (connection, _) => connection.Publish("a", "left"));
        TestClient listener = _server.Open("/room/a");
        _server.Open("/script").Reset();
        Assert.Equal("left", listener.NextText());
    }

    [Fact]
    public void Subscribing_and_publishing_off_the_loop()
    {
        TestClient client = _server.Open("/script");
        WsConnection connection = _server.Server.GetConnections()[0];
        connection.Subscribe("topic");
        connection.Publish("topic", "text");
        connection.PublishBinary("topic", [65]);
        _server.Server.PublishBinary("topic", [66]);
        connection.Unsubscribe("topic");
        _server.Server.Publish("topic", "unheard");
        client.ExpectNothing();
        _server.Run();
        Assert.Equal("text A B", client.Texts());
    }

    [Fact]
    public void A_message_is_framed_once_for_all_subscribers_of_all_loops()
    {
        const int Size = 1_000_000;
        TestClient[] clients = [.. Enumerable.Range(0, 40).Select(_ => _server.Open("/room/a"))];
        // Nothing is taken, so that all of it waits: as the same bytes, not as a copy for each.
        foreach (TestClient client in clients) client.Peer.WindowBytes = 0;
        int rented = _server.Pool.RentCalls;
        byte[] payload = new byte[Size];
        long before = GC.GetAllocatedBytesForCurrentThread();
        _server.Server.PublishBinary("a", payload);
        _server.Run();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Size, Size + 100_000);
        Assert.Equal(rented, _server.Pool.RentCalls);
        Assert.All(_server.Server.GetConnections(), static connection => Assert.True(connection.PendingOutputBytes > Size));
    }

    [Fact]
    public void A_subscriber_that_does_not_read_misses_what_is_beyond_its_limit()
    {
        TestClient slow = _server.Open("/room/a");
        TestClient fast = _server.Open("/room/a");
        slow.Peer.WindowBytes = 0;
        for (int i = 0; i < 20; i++) fast.Say($"{i:D98}");
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i:D98}"), fast.Texts().Split(' '));
        slow.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"{i:D98}"), slow.Drain().Select(static frame => frame.Utf8));
        fast.Say("again");
        Assert.Equal("again", slow.NextText());
    }

    [Fact]
    public void Or_is_closed_with_1008_where_the_route_says_so()
    {
        TestClient slow = _server.Open("/strict-room");
        TestClient fast = _server.Open("/strict-room");
        slow.Peer.WindowBytes = 0;
        for (int i = 0; i < 20; i++)
        {
            _server.Server.Publish("strict", $"{i:D98}");
            _server.Run();
        }

        Assert.Equal(20, fast.Drain().Count);
        slow.Peer.WindowBytes = int.MaxValue;
        List<Frame> frames = slow.Drain();
        Assert.Equal(11, frames.Count);
        const string Reason = "the client reads published messages too slowly";
        Assert.Equal((8, 1008, Reason), (frames[10].Opcode, frames[10].CloseCode, frames[10].CloseReason));
    }

    [Fact]
    public void A_burst_within_one_batch_is_not_dropped_for_a_peer_that_reads()
    {
        TestClient client = _server.Open("/room/a");
        for (int i = 0; i < 50; i++) _server.Server.Publish("a", $"{i:D98}");
        _server.Run();
        Assert.Equal(50, client.Drain().Count);
    }
}
