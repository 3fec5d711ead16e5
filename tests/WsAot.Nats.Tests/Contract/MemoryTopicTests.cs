namespace WsAot.Nats.Tests.Contract;

/// <summary>Topics in one process, without NATS.</summary>
public sealed class MemoryTopicTests : TopicContract
{
    private WsServer _server = null!;

    protected override WsServer One => _server;

    protected override WsServer Other => _server;

    public override Task InitializeAsync()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Options.Urls = "ws://127.0.0.1:0";
        builder.Options.Loops = 2;
        AddTopics(builder);
        _server = builder.Build();
        return _server.StartAsync();
    }

    public override async Task DisposeAsync() => await _server.DisposeAsync();
}
