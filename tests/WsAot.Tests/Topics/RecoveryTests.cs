using WsAot.Loops;
using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

/// <summary>Who comes back gets what was published meanwhile, and then what is new: in order, none twice, none left out.</summary>
public sealed class RecoveryTests : IDisposable
{
    private const string Topic = "kept/a";

    private readonly TestServer _server = Create(loops: 2);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_was_missed_comes_first_and_then_what_is_new()
    {
        WsTopicPosition first = Publish("1");
        Publish("2");
        Publish("3");
        (TestClient client, WsSubscribed subscribed) = Subscribe(first);
        Assert.True(subscribed.IsRecovered);
        Assert.Equal(first, subscribed.Position);
        Publish("4");
        Assert.Equal("2 3 4", client.Texts());
    }

    [Fact]
    public void Who_has_all_gets_what_is_new_only()
    {
        Publish("1");
        WsTopicPosition last = Publish("2");
        (TestClient client, WsSubscribed subscribed) = Subscribe(last);
        Assert.Equal(new WsSubscribed(last, true), subscribed);
        Publish("3");
        Assert.Equal("3", client.Texts());
    }

    [Fact]
    public void A_newcomer_gets_all_that_is_kept_or_nothing_as_it_likes()
    {
        for (int i = 1; i <= 12; i++) Publish(i.ToString());
        (TestClient all, WsSubscribed subscribed) = Subscribe(WsTopicPosition.Oldest);
        Assert.Equal((true, 2L), (subscribed.IsRecovered, subscribed.Position.Offset));
        TestClient none = _server.Open("/script");
        _server.Server.GetConnections().MaxBy(static connection => connection.Id)!.Subscribe(Topic);
        _server.Run();
        Assert.Equal("3 4 5 6 7 8 9 10 11 12", all.Texts());
        none.ExpectNothing();
    }

    [Fact]
    public void What_is_gone_is_said_and_the_rest_comes()
    {
        WsTopicPosition first = Publish("1");
        for (int i = 2; i <= 20; i++) Publish(i.ToString());
        (TestClient client, WsSubscribed subscribed) = Subscribe(first);
        Assert.Equal((false, 10L), (subscribed.IsRecovered, subscribed.Position.Offset));
        Assert.Equal("11 12 13 14 15 16 17 18 19 20", client.Texts());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 100)]
    public void Another_epoch_and_a_place_that_never_was_are_not_recovered(long otherEpoch, long later)
    {
        WsTopicPosition last = Publish("1");
        (TestClient client, WsSubscribed subscribed) = Subscribe(new WsTopicPosition(last.Epoch ^ otherEpoch, last.Offset + later));
        Assert.Equal(new WsSubscribed(last with { Offset = 0 }, false), subscribed);
        Assert.Equal("1", client.Texts());
    }

    [Fact]
    public async Task A_topic_without_history_recovers_nothing_and_says_so()
    {
        _server.Server.Publish("other", "1");
        Assert.Equal(default, await _server.Server.PublishAsync("other", "2"));
        (TestClient client, WsSubscribed subscribed) = Subscribe(new WsTopicPosition(5, 1), "other");
        Assert.Equal(new WsSubscribed(default, false), subscribed);
        _server.Server.Publish("other", "3");
        _server.Run();
        Assert.Equal("3", client.Texts());
    }

    [Fact]
    public void Subscribing_again_begins_again_from_there()
    {
        WsTopicPosition first = Publish("1");
        (TestClient client, _) = Subscribe(first);
        Publish("2");
        Assert.Equal("2", client.Texts());
        Assert.True(SubscribeNewest(first, Topic).IsRecovered);
        Publish("3");
        Assert.Equal("2 3", client.Texts());
    }

    [Fact]
    public void The_only_subscriber_that_begins_again_finds_the_same_topic_when_its_messages_have_expired()
    {
        WsTopicPosition first = Publish("1");
        Subscribe(first);
        _server.Time.Advance(700_000);
        _server.Run();
        Assert.Equal(new WsSubscribed(first, true), SubscribeNewest(first, Topic));
    }

    [Fact]
    public void In_a_handler_the_outcome_is_there_at_once_and_what_it_sends_goes_first()
    {
        Publish("1");
        _server.Script.OnOpen(static connection =>
        {
            Task<WsSubscribed> subscribed = connection.SubscribeAsync(Topic, WsTopicPosition.Oldest).AsTask();
            Assert.True(subscribed.IsCompletedSuccessfully);
            connection.Send($"recovered: {subscribed.Result.IsRecovered}");
        });
        TestClient client = _server.Open("/script");
        Assert.Equal("recovered: True 1", client.Texts());
    }

    [Fact]
    public void While_others_publish_nothing_is_doubled_or_lost()
    {
        using TestServer server = Create(loops: 2, history: 3000);
        for (int i = 1; i <= 1000; i++) server.Server.Publish(Topic, i.ToString());
        TestClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => server.Open("/script"))];
        int next = 1001;
        foreach (WsConnection connection in server.Server.GetConnections())
        {
            _ = connection.SubscribeAsync(Topic, WsTopicPosition.Oldest).AsTask();
            for (int i = 0; i < 10; i++) server.Server.Publish(Topic, (next++).ToString());
        }

        string expected = string.Join(' ', Enumerable.Range(1, next - 1));
        string[] texts = [.. clients.Select(static client => string.Join(' ', client.Drain().Select(static frame => frame.Utf8)))];
        Assert.All(texts, text => Assert.Equal(expected, text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Who_comes_between_the_turns_of_a_delivery_gets_each_message_once(int batches)
    {
        using TestServer server = Create(loops: 1, turnUnits: 1);
        server.Script.OnOpen(static connection => connection.Subscribe(Topic));
        for (int i = 0; i < 20; i++) server.Open("/script");
        server.Script.OnOpen(static _ => { });
        TestClient late = server.Open("/script");
        WsConnection connection = server.Server.GetConnections().MaxBy(static connection => connection.Id)!;
        foreach (string text in (string[])["a", "b", "c"]) server.Server.Publish(Topic, text);
        // In each a part of the twenty gets a message, and the next messages wait.
        for (int i = 0; i < batches; i++) server.Transport.RunBatch();
        Task<WsSubscribed> subscribed = connection.SubscribeAsync(Topic, WsTopicPosition.Oldest).AsTask();
        server.Run();
        Assert.True(subscribed.IsCompletedSuccessfully);
        Assert.Equal("a b c", late.Texts());
    }

    [Fact]
    public void Who_comes_after_a_message_that_waits_and_after_all_others_have_left_does_not_get_it()
    {
        using TestServer server = Create(loops: 1);
        server.Script.OnOpen(static connection => connection.Subscribe(Topic));
        TestClient first = server.Open("/script");
        server.Script.OnOpen(static _ => { });
        server.Script.OnText(static (connection, text) =>
        {
            if (text == "leave") connection.Unsubscribe(Topic);
            else connection.Subscribe(Topic);
        });
        TestClient late = server.Open("/script");
        // It waits on the loop, which hears of the end and of the newcomer first.
        server.Server.Publish(Topic, "a");
        first.Peer.Send(Frame.Text("leave"));
        late.Peer.Send(Frame.Text("subscribe"));
        server.Run();
        server.Server.Publish(Topic, "b");
        server.Run();
        Assert.Equal("b", late.Texts());
    }

    [Fact]
    public void A_slow_reader_recovers_as_it_reads_and_holds_no_more_than_its_output()
    {
        using TestServer server = Create(loops: 1, history: 500);
        string text = new('x', 4000);
        for (int i = 0; i < 500; i++) server.Server.Publish(Topic, text);
        TestClient client = server.Open("/script");
        client.Peer.WindowBytes = 64 * 1024;
        WsConnection connection = server.Server.GetConnections()[0];
        Recover(server, connection);
        Assert.InRange(connection.PendingOutputBytes, 1, server.Server.Options.MaxPendingOutputBytes + 8000);
        Assert.Equal(500, client.Drain().Count);
        server.Server.Publish(Topic, "new");
        server.Run();
        Assert.Equal("new", client.Texts());
    }

    [Fact]
    public void One_that_leaves_while_it_recovers_leaves_nothing_behind()
    {
        using TestServer server = Create(loops: 1, history: 500);
        for (int i = 0; i < 500; i++) server.Server.Publish(Topic, new string('x', 4000));
        TestClient client = server.Open("/script");
        client.Peer.WindowBytes = 0;
        WsConnection connection = server.Server.GetConnections()[0];
        Recover(server, connection);
        client.Reset();
        Assert.Equal(0, server.Server.GetSubscriberCount(Topic));
        Assert.Equal(0, server.Server.Lifetime.Loops[0].State.Topics.SubscriptionCount);
    }

    [Fact]
    public void A_topic_that_nobody_uses_costs_nothing_after_its_time()
    {
        WsTopicPosition first = Publish("1");
        TopicHub topics = _server.Server.Context.Topics;
        Assert.Equal((0, 1), (topics.Count, topics.KeptCount));
        _server.Advance(58_000);
        Assert.Equal((0, 1), (topics.Count, topics.KeptCount));
        _server.Advance(8_000);
        Assert.Equal((0, 0, 0L), (topics.Count, topics.KeptCount, topics.HistoryBytes));
        WsTopicPosition other = Publish("2");
        Assert.NotEqual(first.Epoch, other.Epoch);
        Assert.Equal(1, other.Offset);
    }

    [Fact]
    public void A_history_of_one_gives_a_newcomer_the_latest_value()
    {
        using TestServer server = Create(loops: 1, history: 1);
        for (int i = 1; i <= 5; i++) server.Server.Publish(Topic, i.ToString());
        TestClient client = server.Open("/script");
        Recover(server);
        server.Server.Publish(Topic, "6");
        server.Run();
        Assert.Equal("5 6", client.Texts());
    }

    [Fact]
    public void Compressed_connections_recover_as_well()
    {
        using TestServer server = Create(loops: 1, history: 10, WsCompression.Shared);
        for (int i = 0; i < 3; i++) server.Server.Publish(Topic, new string('x', 1000));
        TestClient client = server.Open("/script", "Sec-WebSocket-Extensions: permessage-deflate");
        Recover(server);
        ReadOnlySpan<byte> bytes = client.Peer.Take();
        // Three times the same frame, final, compressed, and small.
        Assert.Equal(0xC1, bytes[0]);
        Assert.Equal(0, bytes.Length % 3);
        Assert.InRange(bytes.Length / 3, 3, 100);
    }

    private static TestServer Create(
        int loops, int history = 10, WsCompression compression = WsCompression.None, int turnUnits = TurnCosts.Turn) => new(
        options => options.Compression = compression,
        loops,
        builder =>
        {
            builder.TurnUnits = turnUnits;
            builder.Topics.Add(
                "kept/{name}", new WsTopicOptions { History = history, HistorySeconds = 60, HistoryBytes = 1 << 24 });
        });

    private WsTopicPosition Publish(string text)
    {
        Task<WsTopicPosition> published = _server.Server.PublishAsync(Topic, text).AsTask();
        _server.Run();
        Assert.True(published.IsCompletedSuccessfully);
        return published.Result;
    }

    private static void Recover(TestServer server, WsConnection? connection = null)
    {
        Task<WsSubscribed> subscribed = (connection ?? server.Server.GetConnections()[0])
            .SubscribeAsync(Topic, WsTopicPosition.Oldest).AsTask();
        server.Run();
        Assert.True(subscribed.IsCompletedSuccessfully);
    }

    private (TestClient Client, WsSubscribed Subscribed) Subscribe(WsTopicPosition since, string topic = Topic)
    {
        TestClient client = _server.Open("/script");
        return (client, SubscribeNewest(since, topic));
    }

    private WsSubscribed SubscribeNewest(WsTopicPosition since, string topic)
    {
        WsConnection newest = _server.Server.GetConnections().MaxBy(static connection => connection.Id)!;
        Task<WsSubscribed> subscribed = newest.SubscribeAsync(topic, since).AsTask();
        _server.Run();
        Assert.True(subscribed.IsCompletedSuccessfully);
        return subscribed.Result;
    }
}
