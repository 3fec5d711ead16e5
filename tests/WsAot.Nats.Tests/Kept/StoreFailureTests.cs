using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Tests.Contract;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Kept;

/// <summary>Topics with history when NATS, the way to it, or a stream is gone: nothing is lost, doubled or out of order.</summary>
public sealed class StoreFailureTests : IAsyncLifetime
{
    private const string Topic = "kept/a";
    private const string Stream = "wsaot--kept-_";

    private NatsServer _nats = null!;
    private Proxy _proxy = null!;
    private Node _one = null!;
    private Node _other = null!;

    public async Task InitializeAsync()
    {
        _nats = await NatsServer.StartAsync();
        _proxy = new Proxy(_nats.Port);
        _one = await StartAsync(_nats.Url);
        _other = await StartAsync(_proxy.Url);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _proxy.DisposeAsync();
        await _nats.DisposeAsync();
    }

    [Fact]
    public async Task While_NATS_is_away_publishing_fails_clearly_and_afterwards_all_goes_on()
    {
        WsTopicPosition first = await _one.Server.PublishAsync(Topic, "1");
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        await client.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        await _nats.KillAsync();
        await Wait.UntilAsync(() => _one.Backplane.Problem is not null);
        await Assert.ThrowsAsync<WsTopicUnavailableException>(async () => await _one.Server.PublishAsync(Topic, "lost"));
        await using KeptClient late = await KeptClient.OpenAsync(_other.Server);
        Assert.Equal("@ unavailable", await late.AskAsync("kept/b 0 0"));
        // What is loaded is still there.
        Assert.Equal(new WsSubscribed(first, true), await late.SubscribeAsync(Topic, first));
        ValueTask<WsTopicPosition> waiting = _one.Server.PublishAsync(Topic, "2");
        await _nats.StartAgainAsync();
        WsTopicPosition second = await waiting;
        Assert.Equal(first.Epoch, second.Epoch);
        await client.ExpectAsync("1", "2");
        await late.ExpectAsync("2");
    }

    [Fact]
    public async Task What_was_published_while_a_server_was_cut_off_comes_when_it_is_back()
    {
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        await client.SubscribeAsync("all/x", WsTopicPosition.Oldest);
        var all = new List<string>();
        for (int round = 0; round < 3; round++)
        {
            await PublishAsync(10);
            _proxy.Cut();
            await PublishAsync(50);
            _proxy.Heal();
            await PublishAsync(10);
        }

        await client.ExpectAsync([.. all]);

        async Task PublishAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                all.Add($"{all.Count}");
                await _one.Server.PublishAsync("all/x", all[^1]);
            }
        }
    }

    [Fact]
    public async Task What_is_beyond_the_history_meanwhile_is_a_gap_that_who_comes_back_hears_of()
    {
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        await client.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        WsTopicPosition first = await _one.Server.PublishAsync(Topic, "0");
        await client.ExpectAsync("0");
        _proxy.Cut();
        for (int i = 1; i <= 30; i++) await _one.Server.PublishAsync(Topic, $"{i}");
        _proxy.Heal();
        string[] rest = [.. Enumerable.Range(21, 10).Select(static i => $"{i}")];
        await client.ExpectAsync(["0", .. rest]);
        await using KeptClient again = await KeptClient.OpenAsync(_other.Server);
        Assert.False((await again.SubscribeAsync(Topic, first)).IsRecovered);
        await again.ExpectAsync(rest);
    }

    [Fact]
    public async Task A_client_that_has_seen_more_elsewhere_is_recovered_all_the_same()
    {
        await using KeptClient here = await KeptClient.OpenAsync(_other.Server);
        await here.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        _proxy.Cut();
        await Wait.UntilAsync(() => _other.Backplane.Problem is not null);
        await _one.Server.PublishAsync(Topic, "1");
        WsTopicPosition second = await _one.Server.PublishAsync(Topic, "2");
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        Task<WsSubscribed> subscribing = client.SubscribeAsync(Topic, second);
        _proxy.Heal();
        Assert.Equal(new WsSubscribed(second, true), await subscribing);
        await _one.Server.PublishAsync(Topic, "3");
        await client.ExpectAsync("3");
        await here.ExpectAsync("1", "2", "3");
    }

    [Fact]
    public async Task A_stream_that_was_created_anew_is_another_epoch()
    {
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        WsTopicPosition old = await _one.Server.PublishAsync(Topic, "1");
        await client.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        await client.ExpectAsync("1");
        await using var connection = new NatsConnection(new NatsOpts { Url = _nats.Url });
        await new NatsJSContext(connection).DeleteStreamAsync(Stream);
        await Wait.UntilAsync(() => _other.Log.Lines.Any(static line => line.Contains("was created again")));
        await Wait.UntilAsync(() => _one.Log.Lines.Any(static line => line.Contains("was created again")));
        WsTopicPosition place = await _one.Server.PublishAsync(Topic, "2");
        Assert.NotEqual(old.Epoch, place.Epoch);
        await client.ExpectAsync("1", "2");
        await using KeptClient late = await KeptClient.OpenAsync(_other.Server);
        Assert.False((await late.SubscribeAsync(Topic, old)).IsRecovered);
        await late.ExpectAsync("2");
    }

    [Fact]
    public async Task A_stream_that_is_not_ours_is_said_at_the_start()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = _nats.Url });
        await new NatsJSContext(connection).CreateStreamAsync(
            new StreamConfig("mine--kept-_", ["mine.h.kept-_.>"]) { Storage = StreamConfigStorage.Memory });
        WsStartException refused = await Assert.ThrowsAsync<WsStartException>(
            () => Node.StartAsync(_nats.Url, static options => options.Prefix = "mine", AddTopics));
        Assert.Contains("The JetStream stream mine--kept-_ was not created by WsAot", refused.Message);
    }

    [Fact]
    public async Task A_rule_that_has_changed_changes_its_stream()
    {
        await using Node changed = await Node.StartAsync(
            _nats.Url, build: static builder => builder.Topics.Add("kept/{x}", new WsTopicOptions { History = 20, HistorySeconds = 60 }));
        await using var connection = new NatsConnection(new NatsOpts { Url = _nats.Url });
        StreamConfig config = (await new NatsJSContext(connection).GetStreamAsync(Stream)).Info.Config;
        Assert.Equal((20, TimeSpan.FromSeconds(60)), (config.MaxMsgsPerSubject, config.MaxAge));
    }

    [Fact]
    public async Task Anybody_can_publish_from_outside_and_gets_the_place()
    {
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        await client.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        await using var connection = new NatsConnection(new NatsOpts { Url = _nats.Url });
        PubAckResponse answer = await new NatsJSContext(connection).PublishAsync("wsaot.h.kept-_.kept.a", "from outside");
        Assert.Equal(Stream, answer.Stream);
        await client.ExpectAsync("from outside");
        Assert.Equal((long)answer.Seq + 1, (await _one.Server.PublishAsync(Topic, "next")).Offset);
    }

    private static Task<Node> StartAsync(string url) =>
        Node.StartAsync(url, static options => options.StoreTimeoutMs = 2000, AddTopics);

    private static void AddTopics(WsServerBuilder builder) => builder.Topics
        .Add("kept/{name}", new WsTopicOptions { History = 10 })
        .Add("all/{name}", new WsTopicOptions { History = 1000 });
}
