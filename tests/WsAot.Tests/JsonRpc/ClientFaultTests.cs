using Microsoft.Extensions.Logging;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>What a client does wrong when it is asked, and the handler lets go on: nothing that peers do may fill the log.</summary>
public sealed class ClientFaultTests : RpcTests
{
    private const string Timeout = "";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":1,"message":"no"},"id":"s1"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":5,"id":"s1"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":null,"id":"s1"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":"\ud800","id":"s1"}""")]
    [InlineData(Timeout)]
    public void A_call_that_asks_is_answered_as_one_that_failed_and_the_log_has_no_error(string answer)
    {
        Script.Ask = _ => Script.Client.AskName("who?", CancellationToken.None);
        Client.Say(Request("Ask"));
        Client.Texts();
        Answer(Client, answer);
        Assert.Contains(Error(-32603, "Internal error", "1"), Client.Texts(), StringComparison.Ordinal);
        ExpectLogged(21);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":1,"message":"no"},"id":"s1"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":null,"id":"s1"}""")]
    [InlineData(Timeout)]
    public void OnOpen_that_asks_ends_the_connection_and_the_log_has_no_error(string answer)
    {
        Script.Opened = () => Script.Client.AskName("who?");
        TestClient client = Server.Open("/rpc");
        client.Next();
        Answer(client, answer);
        Assert.Equal(1011, client.Drain()[^1].CloseCode);
        ExpectLogged(14);
    }

    [Fact]
    public void Another_client_that_goes_while_it_is_asked_is_no_error_of_ours()
    {
        IRpcClient other = Script.Client;
        TestClient caller = Server.Open("/rpc");
        Script.Ask = async _ => await other.AskName("who?", CancellationToken.None);
        caller.Say(Request("Ask"));
        Client.Reset();
        Assert.Equal(Error(-32603, "Internal error", "1"), caller.Texts());
        ExpectLogged(21);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whoever_has_waited_long_enough_by_a_token_of_his_own_is_no_error_of_ours(bool isOpening)
    {
        var patience = new CancellationTokenSource();
        async Task<string> AskAsync() => await Script.Client.AskName("who?", patience.Token);
        Script.Ask = _ => AskAsync();
        if (isOpening) Script.Opened = AskAsync;
        TestClient client = isOpening ? Server.Open("/rpc") : Client;
        if (!isOpening) client.Say(Request("Ask"));
        client.Next();
        patience.Cancel();
        Server.Run();
        Frame last = client.Drain()[^1];
        if (isOpening) Assert.Equal(1011, last.CloseCode);
        else Assert.Equal(Error(-32603, "Internal error", "1"), last.Utf8);
        ExpectLogged(isOpening ? 14 : 21);
    }

    [Fact]
    public void A_client_that_cannot_be_asked_since_it_does_not_read_is_no_error_of_ours()
    {
        using var server = new TestServer(static options => options.MaxPendingOutputBytes = 1000);
        TestClient client = server.Open("/rpc");
        client.Peer.WindowBytes = 1;
        IRpcClient proxy = server.Script.Rpc.Client;
        server.Script.Rpc.Ask = async _ =>
        {
            await server.Script.Gate.PassAsync();
            return await proxy.AskName("who?", CancellationToken.None);
        };
        client.Say(Request("Ask"));
        for (int i = 0; i < 5; i++)
        {
            proxy.Said("Ann", new string('x', 900));
            server.Run();
        }

        server.LetOneGo();
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(Error(-32603, "Internal error", "1"), client.Drain()[^1].Utf8);
        Assert.Equal([21], server.Log.Entries.Where(static entry => entry.Exception is not null).Select(static entry => entry.Id));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public void An_answer_that_does_not_say_of_which_type_it_is_is_no_error_of_ours()
    {
        Script.Ask = async _ => (await Script.Client.Draw()).ToString();
        Client.Say(Request("Ask"));
        Client.Texts();
        Expect(Result("{}", "\"s1\""), Error(-32603, "Internal error", "1"));
        ExpectLogged(21);
    }

    [Fact]
    public void What_the_users_own_converter_throws_at_an_answer_is_an_error()
    {
        Script.Ask = async _ => (await Script.Client.Choose()).ToString();
        Client.Say(Request("Ask"));
        Client.Texts();
        Expect(Result("\"bug\"", "\"s1\""), Error(-32603, "Internal error", "1"));
        Assert.Single(Server.Log.Errors);
    }

    private void Answer(TestClient client, string answer)
    {
        if (answer == Timeout) Server.Advance(TestServer.AtTick(1000) + 1);
        else client.Say(answer);
    }

    private void ExpectLogged(int id)
    {
        ListLog.Entry entry = Assert.Single(Server.Log.Entries, static entry => entry.Exception is not null);
        Assert.Equal((id, LogLevel.Debug), (entry.Id, entry.Level));
    }
}
