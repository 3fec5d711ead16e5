using WsAot.Nats.Tests.Contract;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Kept;

/// <summary>A stream that has lost messages which it had confirmed, and gives their numbers again.</summary>
public sealed class LostMessagesTests : IAsyncLifetime
{
    private const string Topic = "kept/a";

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
    public async Task Those_who_hear_it_are_told_and_all_servers_have_the_same_new_epoch()
    {
        await using KeptClient client = await KeptClient.OpenAsync(_other.Server);
        await client.SubscribeAsync(Topic, WsTopicPosition.Oldest);
        WsTopicPosition last = await LoseAsync(client);
        await _nats.StartAgainAsync();
        await Wait.UntilAsync(() => IsTold(_one) && IsTold(_other));
        WsTopicPosition next = await _one.Server.PublishAsync(Topic, "new");
        // Its number was that of another message.
        Assert.True(next.Offset <= last.Offset);
        Assert.NotEqual(last.Epoch, next.Epoch);
        Assert.Equal(next.Epoch, (await _other.Server.PublishAsync(Topic, "newer")).Epoch);
        await using KeptClient late = await KeptClient.OpenAsync(_other.Server);
        Assert.False((await late.SubscribeAsync(Topic, last)).IsRecovered);
        await late.ExpectAsync("1", "2", "new", "newer");
        // Who was there has begun anew, and so hears what is new.
        await Wait.UntilAsync(() => client.Messages is [.., "new", "newer"], () => string.Join(' ', client.Messages));
    }

    [Fact]
    public async Task Who_publishes_notices_before_anybody_has_looked()
    {
        WsTopicPosition last = await LoseAsync();
        // Only this one is connected, and the message that takes the number of a lost one is the first thing that it does.
        _proxy.Cut();
        ValueTask<WsTopicPosition> publishing = _one.Server.PublishAsync(Topic, "new");
        await _nats.StartAgainAsync();
        WsTopicPosition next = await publishing;
        Assert.Equal(last.Epoch + 1, next.Epoch);
        Assert.True(next.Offset <= last.Offset);
        _proxy.Heal();
        await Wait.UntilAsync(() => IsTold(_other));
        Assert.Equal(next.Epoch, (await _other.Server.PublishAsync(Topic, "newer")).Epoch);
    }

    [Fact]
    public async Task A_copy_from_before_the_last_time_is_another_epoch_again()
    {
        WsTopicPosition last = await LoseAsync();
        await _nats.StartAgainAsync();
        await Wait.UntilAsync(() => IsTold(_one) && IsTold(_other));
        await _nats.KillAsync();
        _nats.RestoreStore();
        await _nats.StartAgainAsync();
        await Wait.UntilAsync(() => IsTold(_one, 2) && IsTold(_other, 2));
        Assert.Equal(last.Epoch + 2, (await _one.Server.PublishAsync(Topic, "new")).Epoch);
        Assert.Equal(last.Epoch + 2, (await _other.Server.PublishAsync(Topic, "newer")).Epoch);
    }

    private static bool IsTold(Node node, int times = 1) =>
        node.Log.Lines.Count(static line => line.Contains("has lost messages that it had confirmed")) >= times;

    /// <summary>Publishes four messages, of which the last two are lost. NATS is down then.</summary>
    private async Task<WsTopicPosition> LoseAsync(KeptClient? client = null)
    {
        await _one.Server.PublishAsync(Topic, "1");
        await _one.Server.PublishAsync(Topic, "2");
        await _nats.KillAsync();
        _nats.CopyStore();
        await _nats.StartAgainAsync();
        await _one.Server.PublishAsync(Topic, "3");
        WsTopicPosition last = await _other.Server.PublishAsync(Topic, "4");
        if (client is not null) await client.ExpectAsync("1", "2", "3", "4");
        await _nats.KillAsync();
        _nats.RestoreStore();
        return last;
    }

    private static Task<Node> StartAsync(string url) => Node.StartAsync(
        url, null, static builder => builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10 }));
}
