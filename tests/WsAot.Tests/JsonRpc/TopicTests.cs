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
}
