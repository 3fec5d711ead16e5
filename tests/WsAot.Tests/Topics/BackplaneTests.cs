using System.Text;
using WsAot.Protocol.Frames;
using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

/// <summary>The seam at which the topics of several processes are connected.</summary>
public sealed class BackplaneTests : IDisposable
{
    private readonly RecordingBackplane _backplane = new();
    private readonly TestServer _server;

    public BackplaneTests() => _server = new TestServer(loops: 2, build: builder => builder.Backplane = _backplane);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void It_hears_when_the_first_subscriber_comes_and_the_last_one_leaves()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => _server.Open("/room/a"))];
        Assert.Equal(["+a"], _backplane.Heard);
        foreach (TestClient client in clients[1..]) client.Reset();
        Assert.Equal(["+a"], _backplane.Heard);
        clients[0].Reset();
        Assert.Equal(["+a", "-a"], _backplane.Heard);
        _server.Open("/room/a");
        Assert.Equal(["+a", "-a", "+a"], _backplane.Heard);
    }

    [Fact]
    public void It_hears_what_is_published_here_whether_anybody_here_subscribes_or_not()
    {
        TestClient client = _server.Open("/room/a");
        client.Say("from a connection");
        _server.Server.Publish("b", "from another thread");
        _server.Server.PublishBinary("a", [1]);
        Assert.Equal(["+a", "a Text from a connection", "b Text from another thread", "a Binary \u0001"], _backplane.Heard);
        _server.Run();
    }

    [Fact]
    public void What_it_delivers_reaches_the_subscribers_here_and_is_not_published_again()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 2).Select(_ => _server.Open("/room/a"))];
        _server.Server.Context.Topics.DeliverFromBackplane("a", Opcode.Text, "from elsewhere"u8);
        _server.Server.Context.Topics.DeliverFromBackplane("nobody", Opcode.Text, "dropped"u8);
        _server.Run();
        Assert.All(clients, static client => Assert.Equal("from elsewhere", client.Texts()));
        Assert.Equal(["+a"], _backplane.Heard);
    }

    private sealed class RecordingBackplane : ITopicBackplane
    {
        public List<string> Heard { get; } = [];

        public void OnFirstSubscribed(string topic) => Heard.Add("+" + topic);

        public void OnLastUnsubscribed(string topic) => Heard.Add("-" + topic);

        public void OnPublished(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
            Heard.Add($"{topic} {opcode} {Encoding.UTF8.GetString(payload)}");
    }
}
