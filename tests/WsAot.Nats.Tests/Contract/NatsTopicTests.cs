using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Contract;

/// <summary>Topics on two servers, with JetStream.</summary>
public sealed class NatsTopicTests : TopicContract
{
    private NatsServer _nats = null!;
    private Node _one = null!;
    private Node _other = null!;

    protected override WsServer One => _one.Server;

    protected override WsServer Other => _other.Server;

    public override async Task InitializeAsync()
    {
        _nats = await NatsServer.StartAsync();
        _one = await Node.StartAsync(_nats.Url, build: AddTopics);
        _other = await Node.StartAsync(_nats.Url, build: AddTopics);
    }

    public override async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _nats.DisposeAsync();
    }
}
