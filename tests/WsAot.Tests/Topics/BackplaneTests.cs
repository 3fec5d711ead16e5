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

    [Fact]
    public void It_hears_the_end_of_a_topic_before_it_begins_again()
    {
        TestClient client = _server.Open("/room/a");
        TopicHub hub = _server.Server.Context.Topics;
        Topic? joined = null;
        Thread? joining = null;
        _backplane.Leaving = () =>
        {
            _backplane.Leaving = null;
            joining = new Thread(() => joined = hub.Join("a", 1));
            joining.Start();
            // It can only go on once this call has returned.
            Assert.False(joining.Join(200));
        };
        client.Reset();
        joining!.Join();
        joined!.Leave(1);
        Assert.Equal(["+a", "-a", "+a", "-a"], _backplane.Heard);
    }

    [Fact]
    public void What_it_throws_is_logged_and_costs_no_connection_its_end()
    {
        using var server = new TestServer(build: builder => builder.Backplane = _backplane);
        server.Script.OnOpen(static connection => connection.Subscribe("a"));
        TestClient client = server.Open("/script");
        _backplane.Leaving = static () => throw new InvalidOperationException("no broker");
        client.Reset();
        Assert.Equal("close 1006 '' unclean", server.Journal[^1]);
        Assert.Equal(0, server.Server.ConnectionCount);
        Assert.Single(server.Log.Entries, static entry => entry.Id == 17);
    }

    private sealed class RecordingBackplane : ITopicBackplane
    {
        public List<string> Heard { get; } = [];

        public void OnFirstSubscribed(string topic) => Heard.Add("+" + topic);

        public Action? Leaving { get; set; }

        public void OnLastUnsubscribed(string topic)
        {
            Leaving?.Invoke();
            Heard.Add("-" + topic);
        }

        public void OnPublished(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
            Heard.Add($"{topic} {opcode} {Encoding.UTF8.GetString(payload)}");
    }
}
