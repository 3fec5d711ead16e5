using System.Collections.Concurrent;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using WsAot.Nats.Kept;
using WsAot.Nats.Subjects;
using WsAot.Nats.Tests.Contract;
using WsAot.Nats.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Nats.Tests.Kept;

/// <summary>Histories that are larger than what is kept of them.</summary>
public sealed class LargeHistoryTests
{
    private const int Fetch = 1024 * 1024;

    [Theory]
    [InlineData(100_000, 60, 300_000)]
    [InlineData(2_000_000, 20, 5_000_000)]
    [InlineData(10, 3000, 5000)]
    public async Task What_is_read_takes_what_is_kept_and_one_request(int messageBytes, int count, int historyBytes)
    {
        await using NatsServer nats = await NatsServer.StartConfiguredAsync("max_payload: 4194304");
        await using var connection = new NatsConnection(new NatsOpts { Url = nats.Url });
        var jetStream = new NatsJSContext(connection);
        var rule = new TopicRule("big/{name}", new WsTopicOptions { History = 5000, HistoryBytes = historyBytes });
        var stream = new RuleStream(rule, new SubjectNames("wsaot"), jetStream, 1, TimeProvider.System);
        await stream.CheckAsync(isStart: true, default);
        string subject = stream.SubjectOf("big/a");
        for (int i = 0; i < count; i++) await jetStream.PublishAsync(subject, new byte[messageBytes]);
        var requests = new ConcurrentQueue<string>();
        await using var watching = new NatsConnection(new NatsOpts { Url = nats.Url });
        await using INatsSub<string> asked = await watching.SubscribeCoreAsync<string>("$JS.API.CONSUMER.MSG.NEXT.>");
        var part = new StreamPart(0, rule);
        await WsAot.Nats.Kept.StreamReader.ReadAsync(stream, subject, part, default);
        Assert.InRange(part.MostBytes, 1, historyBytes + Math.Max(Fetch, messageBytes));
        Assert.InRange(part.Bytes, historyBytes - messageBytes, historyBytes);
        Assert.Equal(count, part.Messages.Last().Offset);
        Assert.Equal(part.Messages.First().Offset - 1, part.Floor);
        await watching.PingAsync();
        while (asked.Msgs.TryRead(out NatsMsg<string> message)) requests.Enqueue(message.Data!);
        Assert.NotEmpty(requests);
        Assert.All(requests, static request =>
        {
            using var json = JsonDocument.Parse(request);
            bool isBound = json.RootElement.TryGetProperty("max_bytes", out JsonElement bytes) && bytes.GetInt64() is > 0 and <= Fetch;
            Assert.True(isBound || json.RootElement.GetProperty("batch").GetInt64() == 1, request);
        });
    }

    [Fact]
    public async Task Who_comes_back_is_recovered_by_a_server_that_has_loaded_it_as_by_one_that_was_there()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using Node there = await StartAsync(nats);
        await using KeptClient client = await KeptClient.OpenAsync(there.Server);
        await client.SubscribeAsync("big/a", WsTopicPosition.Oldest);
        var positions = new List<WsTopicPosition>();
        for (int i = 0; i < 40; i++)
        {
            positions.Add(await there.Server.PublishAsync("big/a", $"{i}{new string('x', 1000)}"));
            await there.Server.PublishAsync("big/b", "between");
        }

        await client.ExpectAsync([.. Enumerable.Range(0, 40).Select(static i => $"{i}{new string('x', 1000)}")]);
        await using Node other = await StartAsync(nats);
        await using KeptClient late = await KeptClient.OpenAsync(other.Server);
        await late.SubscribeAsync("big/a", WsTopicPosition.Oldest);
        var differ = new List<long>();
        int recovered = 0;
        foreach (WsTopicPosition position in positions)
        {
            await using KeptClient one = await KeptClient.OpenAsync(there.Server);
            await using KeptClient two = await KeptClient.OpenAsync(other.Server);
            bool isThere = (await one.SubscribeAsync("big/a", position)).IsRecovered;
            if (isThere != (await two.SubscribeAsync("big/a", position)).IsRecovered) differ.Add(position.Offset);
            if (isThere) recovered++;
        }

        Assert.InRange(recovered, 2, 39);
        Assert.Empty(differ);
    }

    [Fact]
    public async Task Who_hears_it_already_while_it_is_loaded_misses_nothing_though_less_is_kept()
    {
        await using NatsServer nats = await NatsServer.StartAsync();
        await using var proxy = new Proxy(nats.Port);
        await using Node one = await StartAsync(nats);
        await using Node far = await Node.StartAsync(
            proxy.Url,
            build: static builder => builder.Topics.Add("big/{name}", new WsTopicOptions { History = 1000, HistoryBytes = 10_000 }));
        for (int i = 0; i < 50; i++) await one.Server.PublishAsync("big/a", new string('o', 1000));
        proxy.Delay = TimeSpan.FromMilliseconds(100);
        await using KeptClient client = await KeptClient.OpenAsync(far.Server);
        Assert.Equal("@", await client.AskAsync("big/a"));
        // NATS knows of it then, and loading takes twice that.
        await Task.Delay(1000);
        string[] texts = [.. Enumerable.Range(0, 40).Select(static i => $"{i}{new string('n', 1000)}")];
        foreach (string text in texts) await one.Server.PublishAsync("big/a", text);
        await client.ExpectAsync(texts);
    }

    [Fact]
    public async Task What_is_loaded_for_nobody_takes_a_bounded_memory_and_the_oldest_goes_first()
    {
        const int Each = 1024 * 1024;
        var loads = new HistoryLoads();
        var dropped = new List<int>();
        object[] owners = [.. Enumerable.Range(0, 20).Select(static _ => new object())];
        for (int i = 0; i < owners.Length; i++)
        {
            int number = i;
            loads.Keep(owners[i], Each, () => dropped.Add(number));
            if (i == 1) loads.Release(owners[1]);
            Assert.InRange(loads.UnusedBytes, 0, 16 * Each);
        }

        Assert.Equal([0, 2, 3], dropped);
        int running = 0;
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => loads.ReadAsync(
            async () =>
            {
                int now = Interlocked.Increment(ref running);
                lock (loads) most = Math.Max(most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
            },
            default)));
        Assert.InRange(most, 1, 16);
    }

    [Fact]
    public async Task Topics_whose_readers_have_gone_and_come_again_are_there_though_not_all_could_be_kept()
    {
        const int Topics = 24;
        await using NatsServer nats = await NatsServer.StartAsync();
        await using var proxy = new Proxy(nats.Port);
        await using Node one = await StartAsync(nats, 1024 * 1024);
        await using Node far = await Node.StartAsync(
            proxy.Url,
            static options => options.StoreTimeoutMs = 500,
            static builder => builder.Topics.Add("big/{name}", new WsTopicOptions { History = 1000, HistoryBytes = 1024 * 1024 }));
        string[] texts = [.. Enumerable.Range(0, 5).Select(static i => $"{i}{new string('x', 180_000)}")];
        for (int i = 0; i < Topics; i++)
        {
            foreach (string text in texts) await one.Server.PublishAsync($"big/{i}", text);
        }

        proxy.Delay = TimeSpan.FromMilliseconds(200);
        for (int i = 0; i < Topics; i++)
        {
            await using KeptClient first = await KeptClient.OpenAsync(far.Server);
            Assert.Equal("@ unavailable", await first.AskAsync($"big/{i} 0 0"));
        }

        proxy.Delay = TimeSpan.Zero;
        for (int i = 0; i < Topics; i++)
        {
            await using KeptClient second = await KeptClient.OpenAsync(far.Server);
            string topic = $"big/{i} 0 0";
            await Wait.UntilAsync(async () => await second.AskAsync(topic) != "@ unavailable");
            await second.ExpectAsync(texts);
            one.Server.Publish($"big/{i}", "new");
            await second.ExpectAsync([.. texts, "new"]);
        }
    }

    private static Task<Node> StartAsync(NatsServer nats, int historyBytes = 10_000) => Node.StartAsync(
        nats.Url,
        build: builder => builder.Topics.Add("big/{name}", new WsTopicOptions { History = 1000, HistoryBytes = historyBytes }));
}
