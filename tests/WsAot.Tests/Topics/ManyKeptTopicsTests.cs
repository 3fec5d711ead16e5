using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

/// <summary>Many topics that keep a message each: what they take is counted in what all topics may take.</summary>
[Collection(AloneCollection.Name)]
public sealed class ManyKeptTopicsTests
{
    private const int Count = 50_000;

    [Fact]
    public void What_is_counted_for_a_topic_with_one_message_is_what_it_takes()
    {
        using TestServer server = Create(long.MaxValue);
        TopicHub topics = server.Server.Context.Topics;
        Publish(server, "first", 1);
        long bytes = LiveBytes();
        long counted = topics.HistoryBytes;
        Publish(server, "kept", Count);
        double each = (LiveBytes() - bytes) / (double)Count;
        Assert.InRange((topics.HistoryBytes - counted) / (double)Count / each, 0.9, 1.15);
        Assert.Equal(Count + 1, topics.KeptCount);
    }

    [Fact]
    public void When_all_is_taken_no_topic_is_left_of_a_message_that_nobody_hears()
    {
        using TestServer server = Create(1_000_000);
        Publish(server, "kept", Count);
        TopicHub topics = server.Server.Context.Topics;
        Assert.InRange(topics.HistoryBytes, 990_000, 1_000_000);
        Assert.InRange(topics.KeptCount, 1_000_000 / 750, 1_000_000 / 550);
        Assert.Equal(topics.KeptCount, topics.TotalCount);
    }

    [Fact]
    public void When_all_is_taken_those_who_are_there_win_over_topics_that_nobody_hears()
    {
        using TestServer server = Create(1_000_000);
        TopicHub topics = server.Server.Context.Topics;
        TestClient ann = server.Open("/script");
        _ = server.Server.GetConnections()[0].SubscribeAsync("team/a", WsTopicPosition.Oldest).AsTask();
        server.Run();
        Publish(server, "old", 10);
        server.Time.Advance(2000);
        Publish(server, "flood", Count);
        server.Server.Publish("team/a", "does not fit any more");
        Assert.InRange(topics.HistoryBytes, 990_000, 1_000_000);
        server.Advance(1000);
        Assert.InRange(topics.HistoryBytes, 500_000, 750_000);
        Assert.Single(server.Log.Entries, static entry => entry.Id == 36);

        server.Server.Publish("team/a", "fits");
        server.Run();
        TestClient ben = server.Open("/script");
        _ = server.Server.GetConnections().MaxBy(static connection => connection.Id)!.SubscribeAsync("team/a", WsTopicPosition.Oldest)
            .AsTask();
        server.Run();
        Assert.Equal("fits", ben.Texts());
        Assert.Equal("does not fit any more fits", ann.Texts());
    }

    private static TestServer Create(long maxHistoryBytes) => new(
        loops: 2,
        build: builder =>
        {
            builder.Topics.Add("{kind}/{number}", new WsTopicOptions { History = 100 });
            builder.Topics.MaxHistoryBytes = maxHistoryBytes;
        });

    private static void Publish(TestServer server, string kind, int count)
    {
        for (int i = 0; i < count; i++) server.Server.Publish($"{kind}/{i:D5}", "a message");
    }

    private static long LiveBytes()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
