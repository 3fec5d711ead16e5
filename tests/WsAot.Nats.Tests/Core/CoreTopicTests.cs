using System.Net.Sockets;
using NATS.Client.Core;
using WsAot.Nats.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Nats.Tests.Core;

/// <summary>Topics without history on two servers of ours and one of NATS.</summary>
public sealed class CoreTopicTests : IAsyncLifetime
{
    private NatsServer _nats = null!;
    private Node _one = null!;
    private Node _other = null!;

    public async Task InitializeAsync()
    {
        _nats = await NatsServer.StartAsync();
        _one = await Node.StartAsync(_nats.Url);
        _other = await Node.StartAsync(_nats.Url);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _nats.DisposeAsync();
    }

    [Fact]
    public async Task What_is_said_on_one_is_heard_on_both_once_and_in_order()
    {
        await using TestClient here = await JoinAsync(_one, "a");
        await using TestClient there = await JoinAsync(_other, "a");
        string[] all = [.. Enumerable.Range(0, 200).Select(static i => $"message {i}")];
        foreach (string text in all) await here.SayAsync(text);
        await there.ExpectAsync(all);
        await here.ExpectAsync(all);
    }

    [Fact]
    public async Task Text_and_binary_stay_what_they_are_and_others_are_all_but_one()
    {
        await using TestClient here = await JoinAsync(_one, "b");
        await using TestClient there = await JoinAsync(_other, "b");
        await here.SendAsync(1, 2, 255);
        await here.SayAsync("!not to me");
        await here.SendAsync();
        await here.SayAsync("");
        await there.ExpectAsync("#0102FF", "!not to me", "#", "");
        await here.ExpectAsync("#0102FF", "#", "");
    }

    [Fact]
    public async Task Topics_do_not_reach_each_other()
    {
        await using TestClient lobby = await JoinAsync(_other, "lobby");
        await using TestClient any = await JoinAsync(_other, "*");
        await using TestClient rest = await JoinAsync(_other, "%3E");
        _one.Server.Publish("room/lobby", "to the lobby");
        _one.Server.Publish("room/*", "to the star");
        _one.Server.Publish("room/>", "to the rest");
        await lobby.ExpectAsync("to the lobby");
        await any.ExpectAsync("to the star");
        await rest.ExpectAsync("to the rest");
    }

    [Fact]
    public async Task Anybody_can_publish_from_outside()
    {
        await using TestClient client = await JoinAsync(_one, "c d");
        await using var outside = new NatsConnection(new NatsOpts { Url = _nats.Url });
        await outside.PublishAsync("wsaot.t.room.c%20d", "from outside");
        await outside.PublishAsync("wsaot.t.room.c%20d", new byte[] { 0xFF, 0xFE });
        await outside.PublishAsync("wsaot.t.room.c%20d", "ab"u8.ToArray(), new NatsHeaders { ["wsaot-type"] = "Binary" });
        await client.ExpectAsync("from outside", "#FFFE", "#6162");
    }

    [Fact]
    public async Task Other_prefixes_hear_nothing()
    {
        await using Node stranger = await Node.StartAsync(_nats.Url, static options => options.Prefix = "other");
        await using TestClient client = await stranger.OpenAsync("/room/a");
        await using TestClient here = await JoinAsync(_one, "a");
        await HearsAsync(stranger, "a");
        _one.Server.Publish("room/a", "secret");
        await here.ExpectAsync("secret");
        stranger.Server.Publish("room/a", "mine");
        await client.ExpectAsync("mine");
    }

    [Fact]
    public async Task A_topic_that_nobody_hears_any_more_is_unsubscribed()
    {
        await using TestClient here = await JoinAsync(_one, "a");
        await here.DisposeAsync();
        await Wait.UntilAsync(() => !_one.Backplane.IsSubscribed("room/a"));
    }

    [Fact]
    public async Task What_was_published_while_a_server_was_cut_off_reaches_the_others_when_it_is_back()
    {
        await using var proxy = new Proxy(_nats.Port);
        await using Node far = await Node.StartAsync(proxy.Url);
        await using TestClient here = await JoinAsync(far, "a");
        await using TestClient there = await JoinAsync(_other, "a");
        proxy.Cut();
        await Wait.UntilAsync(() => far.Backplane.Problem is not null);
        await here.SayAsync("while it was away");
        await here.ExpectAsync("while it was away");
        proxy.Heal();
        await there.ExpectAsync("while it was away");
    }

    [Fact]
    public async Task When_NATS_comes_back_everything_does()
    {
        await using TestClient here = await JoinAsync(_one, "a");
        await using TestClient there = await JoinAsync(_other, "a");
        await _nats.KillAsync();
        await Wait.UntilAsync(() => _one.Backplane.Problem is not null && _other.Backplane.Problem is not null);
        await using TestClient late = await _other.OpenAsync("/room/late");
        await _nats.StartAgainAsync();
        await HearsAsync(_other, "late");
        await HearsAsync(_other, "a");
        await here.SayAsync("after it was back");
        await there.ExpectAsync("after it was back");
        Assert.Null(_one.Backplane.Problem);
    }

    [Fact]
    public async Task What_waits_for_NATS_while_it_goes_away_does_not_wait_until_it_is_back()
    {
        await using Node node = await Node.StartAsync(_nats.Url);
        await Wait.UntilAsync(() => node.Backplane.Link.IsOpen);
        CancellationToken first = node.Backplane.Link.Closing;
        Assert.False(first.IsCancellationRequested);
        await _nats.KillAsync();
        await Wait.UntilAsync(() => first.IsCancellationRequested);
        await _nats.StartAgainAsync();
        await Wait.UntilAsync(() => node.Backplane.Link.IsOpen);
        Assert.False(node.Backplane.Link.Closing.IsCancellationRequested);
    }

    [Fact]
    public async Task While_NATS_is_away_only_what_is_heard_now_waits_to_be_told()
    {
        await using Node node = await Node.StartAsync(
            _nats.Url, build: static builder => builder.Topics.Add("room/{name}", new WsTopicOptions { Presence = true }));
        await using TestClient stays = await JoinAsync(node, "stays");
        await _nats.KillAsync();
        await Wait.UntilAsync(() => node.Backplane.Problem is not null);
        for (int i = 0; i < 20; i++)
        {
            await using TestClient passes = await node.OpenAsync($"/room/{i}");
            await Wait.UntilAsync(() => node.Server.GetSubscriberCount($"room/{i}") == 1);
        }

        await using TestClient late = await node.OpenAsync("/room/late");
        await Wait.UntilAsync(() => node.Server.GetTopics().Count == 2);
        // That somebody hears one of them, and that somebody is in both.
        await Wait.UntilAsync(() => node.Backplane.Waiting == 1 + 2, () => $"{node.Backplane.Waiting} wait");
        await _nats.StartAgainAsync();
        await HearsAsync(node, "late");
        await HearsAsync(node, "stays");
        Assert.False(node.Backplane.IsSubscribed("room/7"));
    }

    [Fact]
    public async Task What_is_too_much_to_wait_is_dropped_and_counted_and_said()
    {
        await using Node small = await Node.StartAsync(_nats.Url, static options => options.MaxPendingBytes = 10_000);
        await _nats.KillAsync();
        await Wait.UntilAsync(() => small.Backplane.Problem is not null);
        for (int i = 0; i < 20; i++) small.Server.Publish("room/a", new string('x', 1000 - 128));
        Assert.Equal(new BackplaneCounts(false, 10, 0, 0, 0), small.Backplane.Counts);
        Assert.Single(small.Log.Lines, static line => line.Contains("did not reach other servers: too many messages wait"));
    }

    [Fact]
    public async Task A_server_starts_without_NATS_and_says_so()
    {
        using var unused = new TcpListener(System.Net.IPAddress.Loopback, 0);
        unused.Start();
        int port = ((System.Net.IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        await using Node alone = await Node.StartAsync($"nats://127.0.0.1:{port}", static options => options.StoreTimeoutMs = 500);
        await using TestClient client = await alone.OpenAsync("/room/a");
        await client.SayAsync("to myself");
        await client.ExpectAsync("to myself");
        Assert.Contains(alone.Log.Lines, static line => line.StartsWith("Warning: Cannot connect to NATS"));
        Assert.Equal("NATS is not connected", alone.Backplane.Problem);
    }

    private static async Task<TestClient> JoinAsync(Node node, string room)
    {
        TestClient client = await node.OpenAsync("/room/" + room);
        await HearsAsync(node, Uri.UnescapeDataString(room));
        return client;
    }

    /// <summary>Waits until NATS sends the topic to a server.</summary>
    private static async Task HearsAsync(Node node, string room)
    {
        await Wait.UntilAsync(() => node.Backplane.IsSubscribed("room/" + room));
        await node.Backplane.Link.Connection.PingAsync();
    }
}
