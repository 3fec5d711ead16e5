using WsAot.Nats.Tests.Contract;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Kept;

/// <summary>Messages whose copies were lost on their way. One that may not have the copies is one that has lost them all.</summary>
public sealed class LostTailTests : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private NatsServer _nats = null!;
    private Node _one = null!;
    private Node _deaf = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, """
            authorization {
              users = [
                { user: all, password: secret }
                { user: deaf, password: secret, permissions: { subscribe: { deny: "wsaot.l.>" } } }
              ]
            }
            """);
        _nats = await NatsServer.StartAsync("-c", _file);
        _one = await StartAsync("all");
        _deaf = await StartAsync("deaf");
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _deaf.DisposeAsync();
        await _nats.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task They_are_read_from_the_stream()
    {
        await using KeptClient client = await KeptClient.OpenAsync(_deaf.Server);
        await client.SubscribeAsync("kept/a", WsTopicPosition.Oldest);
        await _one.Server.PublishAsync("kept/a", "1");
        await _one.Server.PublishAsync("kept/a", "2");
        await client.ExpectAsync("1", "2");
    }

    [Fact]
    public async Task However_many_topics_there_are()
    {
        const int Topics = 450;
        await using KeptClient client = await KeptClient.OpenAsync(_deaf.Server);
        for (int i = 0; i < Topics; i++) await client.SubscribeAsync($"kept/{i}", WsTopicPosition.Oldest);
        for (int i = 0; i < Topics; i++) await _one.Server.PublishAsync($"kept/{i}", $"{i}");
        // Nothing follows that would tell.
        await Wait.UntilAsync(() => client.Messages.Length == Topics, () => $"{client.Messages.Length} have come");
        Assert.Equal(Topics, client.Messages.Distinct().Count());
    }

    private Task<Node> StartAsync(string user) => Node.StartAsync(
        _nats.Url,
        options => (options.User, options.Password) = (user, "secret"),
        static builder => builder.Topics.Add("kept/{name}", new WsTopicOptions { History = 10 }));
}
