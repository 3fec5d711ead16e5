using System.Globalization;

namespace WsAot.Nats.Tests.Contract;

/// <summary>What topics with history do, wherever their messages are kept. One and Other are two servers, or the same.</summary>
public abstract partial class TopicContract : IAsyncLifetime
{
    private const string Topic = "kept/a";

    protected abstract WsServer One { get; }

    protected abstract WsServer Other { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task What_was_missed_comes_first_and_then_what_is_new()
    {
        WsTopicPosition first = await One.PublishAsync(Topic, "1");
        await Other.PublishAsync(Topic, "2");
        await One.PublishAsync(Topic, "3");
        await using KeptClient client = await KeptClient.OpenAsync(Other);
        Assert.Equal(new WsSubscribed(first, true), await client.SubscribeAsync(Topic, first));
        await One.PublishAsync(Topic, "4");
        await Other.PublishAsync(Topic, "5");
        await client.ExpectAsync("2", "3", "4", "5");
    }

    [Fact]
    public async Task Places_grow_and_are_of_one_epoch()
    {
        var places = new List<WsTopicPosition>();
        for (int i = 0; i < 10; i++) places.Add(await (i % 2 == 0 ? One : Other).PublishAsync(Topic, "x"));
        Assert.Single(places.Select(static place => place.Epoch).Distinct());
        Assert.Equal(places.OrderBy(static place => place.Offset), places);
        Assert.Equal(10, places.Distinct().Count());
        Assert.InRange(places[0].Epoch, 1, (1L << 53) - 1);
    }

    [Fact]
    public async Task A_newcomer_gets_all_that_is_kept_or_nothing_as_it_likes()
    {
        for (int i = 1; i <= 12; i++) await One.PublishAsync(Topic, Text(i));
        await using KeptClient all = await KeptClient.OpenAsync(Other);
        Assert.True((await all.SubscribeAsync(Topic, WsTopicPosition.Oldest)).IsRecovered);
        await using KeptClient latest = await KeptClient.OpenAsync(Other);
        Assert.True((await latest.SubscribeAsync(Topic, WsTopicPosition.Latest)).IsRecovered);
        await using KeptClient plain = await KeptClient.OpenAsync(Other);
        await plain.AskAsync(Topic);
        await One.PublishAsync(Topic, "13");
        await all.ExpectAsync([.. Enumerable.Range(3, 11).Select(Text)]);
        await latest.ExpectAsync("13");
        await plain.ExpectAsync("13");
    }

    [Fact]
    public async Task What_is_gone_is_said_and_the_rest_comes()
    {
        WsTopicPosition first = await One.PublishAsync(Topic, "1");
        for (int i = 2; i <= 20; i++) await One.PublishAsync(Topic, Text(i));
        await using KeptClient client = await KeptClient.OpenAsync(Other);
        Assert.False((await client.SubscribeAsync(Topic, first)).IsRecovered);
        await client.ExpectAsync([.. Enumerable.Range(11, 10).Select(Text)]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 100)]
    public async Task Another_epoch_and_a_place_that_never_was_are_not_recovered(long otherEpoch, long later)
    {
        WsTopicPosition last = await One.PublishAsync(Topic, "1");
        await using KeptClient client = await KeptClient.OpenAsync(Other);
        WsSubscribed subscribed = await client.SubscribeAsync(Topic, new WsTopicPosition(last.Epoch ^ otherEpoch, last.Offset + later));
        Assert.Equal((false, last.Epoch), (subscribed.IsRecovered, subscribed.Position.Epoch));
        await client.ExpectAsync("1");
    }

    [Fact]
    public async Task Who_has_all_gets_what_is_new_only()
    {
        await One.PublishAsync(Topic, "1");
        WsTopicPosition last = await Other.PublishAsync(Topic, "2");
        await using KeptClient client = await KeptClient.OpenAsync(Other);
        Assert.Equal(new WsSubscribed(last, true), await client.SubscribeAsync(Topic, last));
        await Other.PublishAsync(Topic, "3");
        await client.ExpectAsync("3");
    }

    [Fact]
    public async Task A_history_of_one_is_the_latest_value()
    {
        await using KeptClient before = await KeptClient.OpenAsync(One);
        await before.SubscribeAsync("one/a", WsTopicPosition.Oldest);
        for (int i = 0; i < 20; i++) await Other.PublishAsync("one/a", Text(i));
        await using KeptClient client = await KeptClient.OpenAsync(Other);
        await client.SubscribeAsync("one/a", WsTopicPosition.Oldest);
        await client.ExpectAsync("19");
        await before.ExpectAsync([.. Enumerable.Range(0, 20).Select(Text)]);
    }

    [Fact]
    public async Task A_message_to_others_reaches_others_and_is_kept()
    {
        await using KeptClient publisher = await KeptClient.OpenAsync(One);
        await using KeptClient neighbour = await KeptClient.OpenAsync(One);
        await using KeptClient other = await KeptClient.OpenAsync(Other);
        foreach (KeptClient client in new[] { publisher, neighbour, other }) await client.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        await publisher.SayAsync($"!{Topic} 1");
        await other.ExpectAsync("1");
        await neighbour.ExpectAsync("1");
        await One.PublishAsync(Topic, "2");
        await publisher.ExpectAsync("2");
        await using KeptClient late = await KeptClient.OpenAsync(Other);
        await late.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        await late.ExpectAsync("1", "2");
    }

    [Fact]
    public async Task What_is_published_without_waiting_keeps_its_order_and_its_publisher_hears_it()
    {
        await using KeptClient client = await KeptClient.OpenAsync(One);
        await client.AskAsync("kept/long");
        for (int i = 0; i < 100; i++) One.Publish("kept/long", Text(i));
        await client.ExpectAsync([.. Enumerable.Range(0, 100).Select(Text)]);
    }

    [Fact]
    public async Task Who_comes_while_others_publish_gets_all_of_it_once_in_one_order()
    {
        const int Each = 150;
        var clients = new List<KeptClient>();
        Task[] publishing = [PublishAsync(One, "a"), PublishAsync(Other, "b")];
        for (int i = 0; i < 10; i++)
        {
            KeptClient client = await KeptClient.OpenAsync(i % 2 == 0 ? One : Other);
            await client.SubscribeAsync("all/x", WsTopicPosition.Oldest);
            clients.Add(client);
        }

        await Task.WhenAll(publishing);
        foreach (KeptClient client in clients) await Harness.Wait.UntilAsync(() => client.Messages.Length >= 2 * Each);
        string[] order = clients[0].Messages;
        foreach (KeptClient client in clients) Assert.Equal(order, client.Messages);
        Assert.Equal(Enumerable.Range(0, Each).Select(static i => $"a{i}"), order.Where(static text => text[0] == 'a'));
        Assert.Equal(Enumerable.Range(0, Each).Select(static i => $"b{i}"), order.Where(static text => text[0] == 'b'));
        foreach (KeptClient client in clients) await client.DisposeAsync();

        static async Task PublishAsync(WsServer server, string name)
        {
            for (int i = 0; i < Each; i++) await server.PublishAsync("all/x", name + Text(i));
        }
    }

    /// <summary>The topics of these tests.</summary>
    protected static void AddTopics(WsServerBuilder builder) => builder.Topics
        .Add("kept/{name}", new WsTopicOptions { History = 10 })
        .Add("one/{name}", new WsTopicOptions { History = 1 })
        .Add("all/{name}", new WsTopicOptions { History = 1000 });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
