using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

/// <summary>Publishing to all subscribers but the sender.</summary>
public sealed class PublishToOthersTests : IDisposable
{
    private TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void All_subscribers_get_it_but_the_sender_on_whichever_loop_they_are(int loops)
    {
        Restart(loops);
        TestClient[] clients = Join(7);
        _server.Script.OnText(static (connection, text) => connection.PublishToOthers("hall", text));
        clients[0].Say("one");
        clients[6].Say("two");
        Assert.Equal("two", clients[0].Texts());
        Assert.Equal("one", clients[6].Texts());
        Assert.All(clients[1..6], static client => Assert.Equal("one two", client.Texts()));
    }

    [Fact]
    public void From_another_thread_too()
    {
        Restart(loops: 2);
        TestClient[] clients = Join(4);
        WsConnection sender = _server.Server.GetConnections().Single(connection => connection.Id == 1);
        sender.PublishToOthers("hall", "text"u8);
        sender.PublishToOthers("hall", (ReadOnlyMemory<byte>)"memory"u8.ToArray());
        sender.PublishBinaryToOthers("hall", "bytes"u8);
        sender.PublishBinaryToOthers("hall", (ReadOnlyMemory<byte>)"memory"u8.ToArray());
        _server.Run();
        clients[0].ExpectNothing();
        Assert.All(clients[1..], static client => Assert.Equal([1, 1, 2, 2], client.Drain().Select(static frame => frame.Opcode)));
    }

    [Fact]
    public void A_sender_that_does_not_subscribe_reaches_all()
    {
        TestClient[] clients = Join(3);
        TestClient stranger = _server.Open("/script");
        _server.Script.OnText(static (connection, text) => connection.PublishToOthers("hall", text));
        stranger.Say("hello");
        Assert.All(clients, static client => Assert.Equal("hello", client.Texts()));
    }

    [Fact]
    public void The_sender_misses_its_message_also_when_delivering_takes_several_turns()
    {
        _server.Dispose();
        _server = new TestServer(build: static builder => builder.TurnUnits = 20);
        TestClient[] clients = Join(100);
        WsConnection[] connections = [.. _server.Server.GetConnections().OrderBy(static connection => connection.Id)];
        // The first is among the last that get it.
        connections[0].PublishToOthers("hall", "from the first");
        connections[99].PublishToOthers("hall", "from the last");
        _server.Server.Publish("hall", "from outside");
        _server.Run();
        Assert.Equal("from the last from outside", clients[0].Texts());
        Assert.Equal("from the first from outside", clients[99].Texts());
        Assert.All(clients[1..99], static client => Assert.Equal("from the first from the last from outside", client.Texts()));
    }

    [Fact]
    public void In_the_order_of_the_topic_it_has_its_place()
    {
        TestClient[] clients = Join(2);
        _server.Script.OnText(static (connection, text) =>
        {
            for (int i = 0; i < 3; i++)
            {
                connection.Publish("hall", $"{text}{i} to all");
                connection.PublishToOthers("hall", $"{text}{i} to others");
            }
        });
        clients[0].Say("a");
        Assert.Equal("a0 to all a1 to all a2 to all", clients[0].Texts());
        Assert.Equal("a0 to all a0 to others a1 to all a1 to others a2 to all a2 to others", clients[1].Texts());
    }

    private TestClient[] Join(int count)
    {
        _server.Script.OnOpen(static connection => connection.Subscribe("hall"));
        TestClient[] clients = [.. Enumerable.Range(0, count).Select(_ => _server.Open("/script"))];
        _server.Script.Opened = null;
        return clients;
    }

    private void Restart(int loops)
    {
        _server.Dispose();
        _server = new TestServer(loops: loops);
    }
}
