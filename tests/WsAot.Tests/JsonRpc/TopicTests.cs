using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

public sealed class TopicTests : RpcTests
{
    [Fact]
    public async Task All_subscribers_of_a_topic_hear_what_is_sent_and_none_can_be_asked()
    {
        Script.Connection.Subscribe("a");
        TestClient second = Server.Open("/rpc");
        Script.Connection.Subscribe("a");
        TestClient third = Server.Open("/rpc");
        Server.Run();
        Script.Topics["a"].Said("Ann", "x");
        Script.Topics["b"].Said("Ann", "y");
        Server.Run();
        string said = """{"jsonrpc":"2.0","method":"Said","params":["Ann","x"]}""";
        Assert.Equal((said, said, ""), (Client.Texts(), second.Texts(), third.Texts()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Script.Topics["a"].Count());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Script.Topics["a"].Touch());
    }

    [Fact]
    public async Task A_topic_is_written_to_from_anywhere_through_an_interface_that_no_handler_takes()
    {
        Script.Connection.Subscribe("a");
        IAnnouncements announcements = Server.Server.Topic<IAnnouncements>("a");
        await Task.Run(() => announcements.Announced(new Point(1, 2)));
        Server.Run();
        Assert.StartsWith("""{"jsonrpc":"2.0","method":"Announced","params":[{""", Client.Texts(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(announcements.Count);
    }

    [Fact]
    public void A_topic_of_an_interface_that_the_routes_do_not_know_says_what_to_do()
    {
        var exception = Assert.Throws<InvalidOperationException>(Topic<IDisposable>);
        Assert.Equal(
            "System.IDisposable is not a client interface of this server's routes: mark it [JsonRpcClient(Json = typeof(...))].",
            exception.Message);

        T Topic<T>()
            where T : class => Server.Server.Topic<T>("a");
    }

    [Fact]
    public void All_but_one_can_be_spoken_to()
    {
        WsConnection first = Script.Connection;
        first.Subscribe("a");
        TestClient second = Server.Open("/rpc");
        Script.Connection.Subscribe("a");
        Server.Run();
        Script.Topics.Others("a", first).Said("Ann", "x");
        Server.Run();
        Client.ExpectNothing();
        Assert.Equal("""{"jsonrpc":"2.0","method":"Said","params":["Ann","x"]}""", second.Texts());
    }

    [Fact]
    public void Who_publishes_faster_than_another_loop_delivers_is_not_read_until_it_has()
    {
        using var server = new TestServer(loops: 2);
        TestClient publisher = server.Open("/rpc");
        WsTopic<IRpcClient> topics = server.Script.Rpc.Topics;
        TestClient subscriber = server.Open("/room/a");
        int calls = 0;
        server.Script.Rpc.Answer = () =>
        {
            for (int i = 0; i < 300 && calls == 0; i++) topics["a"].Said("Ann", new string('x', 64 * 1024));
            return $"{++calls}";
        };
        publisher.Peer.Send([.. Frame.Text(Request("Answer")), .. Frame.Text(Request("Answer"))]);
        server.Transport.RunBatch();
        Assert.Equal(1, calls);
        server.Run();
        Assert.Equal(2, calls);
        Assert.Equal(300, subscriber.Drain().Count);
    }
}
