using WsAot.Nats.Tests.Contract;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Kept;

/// <summary>Histories that take longer to read than a client waits.</summary>
public sealed class SlowHistoryTests : IAsyncLifetime
{
    private const string Topic = "all/x";

    private NatsServer _nats = null!;
    private Proxy _proxy = null!;
    private Node _one = null!;
    private Node _far = null!;

    public async Task InitializeAsync()
    {
        _nats = await NatsServer.StartAsync();
        _proxy = new Proxy(_nats.Port);
        _one = await StartAsync(_nats.Url, 10_000);
        _far = await StartAsync(_proxy.Url, 500);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _far.DisposeAsync();
        await _proxy.DisposeAsync();
        await _nats.DisposeAsync();
    }

    [Fact]
    public async Task What_is_not_read_in_time_is_there_for_who_comes_again()
    {
        const int Count = 2000;
        string[] all = [.. Enumerable.Range(0, Count).Select(static i => $"{i}")];
        foreach (string text in all) await _one.Server.PublishAsync(Topic, text);
        // With a round trip for each message it would take five minutes.
        _proxy.Delay = TimeSpan.FromMilliseconds(75);
        await using KeptClient first = await KeptClient.OpenAsync(_far.Server);
        Assert.Equal("@ unavailable", await first.AskAsync($"{Topic} 0 0"));
        await using KeptClient second = await KeptClient.OpenAsync(_far.Server);
        await Wait.UntilAsync(async () => await second.AskAsync($"{Topic} 0 0") != "@ unavailable");
        await second.ExpectAsync(all);
        await using KeptClient third = await KeptClient.OpenAsync(_far.Server);
        await third.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        await third.ExpectAsync(all);
        _one.Server.Publish(Topic, "new");
        await second.ExpectAsync([.. all, "new"]);
    }

    [Fact]
    public async Task What_was_published_after_it_was_read_and_before_somebody_came_again_is_not_missed()
    {
        await _one.Server.PublishAsync(Topic, "1");
        _proxy.Delay = TimeSpan.FromMilliseconds(150);
        await using KeptClient client = await KeptClient.OpenAsync(_far.Server);
        Assert.Equal("@ unavailable", await client.AskAsync($"{Topic} 0 0"));
        await _one.Server.PublishAsync(Topic, "2");
        _proxy.Delay = TimeSpan.Zero;
        await _one.Server.PublishAsync(Topic, "3");
        await Wait.UntilAsync(async () => await client.AskAsync($"{Topic} 0 0") != "@ unavailable");
        await client.ExpectAsync("1", "2", "3");
        await _one.Server.PublishAsync(Topic, "4");
        await client.ExpectAsync("1", "2", "3", "4");
    }

    private static Task<Node> StartAsync(string url, int timeoutMs) => Node.StartAsync(
        url,
        options => options.StoreTimeoutMs = timeoutMs,
        static builder => builder.Topics.Add("all/{name}", new WsTopicOptions { History = 5000 }));
}
