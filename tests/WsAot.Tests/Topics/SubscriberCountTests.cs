using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

public sealed class SubscriberCountTests : IDisposable
{
    private readonly TestServer _server = new(loops: 3);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Subscribers_of_all_loops_are_counted()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 7).Select(_ => _server.Open("/hall/left"))];
        TestClient right = _server.Open("/hall/right");
        Assert.Equal(7, _server.Server.GetSubscriberCount("left"));
        Assert.Equal(8, _server.Server.GetSubscriberCount("everybody"));
        Assert.Equal(0, _server.Server.GetSubscriberCount("LEFT"));
        Assert.Equal(
            [new("everybody", 8), new("left", 7), new("right", 1)],
            _server.Server.GetTopics().OrderBy(static topic => topic.Name, StringComparer.Ordinal));
        Assert.Equal([new WsTopicInfo("left", 7)], _server.Server.GetTopics("le"));
        clients[0].Reset();
        right.Reset();
        Assert.Equal([new WsTopicInfo("everybody", 6), new WsTopicInfo("left", 6)], _server.Server.GetTopics().OrderBy(static t => t.Name));
    }

    [Fact]
    public void A_subscription_counts_once_and_from_when_its_loop_has_made_it()
    {
        _server.Open("/echo");
        WsConnection connection = _server.Server.GetConnections()[0];
        connection.Subscribe("a");
        connection.Subscribe("a");
        Assert.Equal(0, _server.Server.GetSubscriberCount("a"));
        Assert.Empty(_server.Server.GetTopics());
        _server.Run();
        Assert.Equal(1, _server.Server.GetSubscriberCount("a"));
        connection.Unsubscribe("a");
        _server.Run();
        Assert.Equal(0, _server.Server.GetSubscriberCount("a"));
    }
}
