using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

public sealed class CancellationTests : RpcTests
{
    public CancellationTests() => Script.Ask = static async cancelled =>
    {
        await Gate.UntilCancelledAsync(cancelled);
        return "never";
    };

    [Theory]
    [InlineData("1", """{"id":1}""")]
    [InlineData("\"a\"", """["a"]""")]
    [InlineData("null", """{"x":[{"id":2}],"id":null}""")]
    public void A_call_is_cancelled_by_its_id(string id, string parameters)
    {
        Client.Say(Request("Ask", "[]", id));
        Client.Say(Request("Ask", "[]", "2"));
        Expect(Notification("$/cancelRequest", parameters), Error(-32800, "Request cancelled", id));
        // Once.
        Expect(Notification("$/cancelRequest", parameters), "");
        Expect(Notification("$/cancelRequest", """{"id":2}"""), Error(-32800, "Request cancelled", "2"));
        Assert.Empty(Server.Log.Errors);
    }

    [Theory]
    [InlineData("""{"id":2}""")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":1.0}""")]
    [InlineData("""{"id":{"id":1}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[[1]]")]
    public void Cancelling_what_is_unknown_does_nothing(string parameters)
    {
        Client.Say(Request("Ask"));
        Expect(Notification("$/cancelRequest", parameters), "");
        Expect("""{"jsonrpc":"2.0","method":"$/cancelRequest"}""", "");
        Expect(Notification("$/cancelRequest", "[1]"), Error(-32800, "Request cancelled", "1"));
    }

    [Fact]
    public void What_has_not_begun_or_has_ended_cannot_be_cancelled()
    {
        Expect(Notification("$/cancelRequest", "[1]"), "");
        Client.Say(Request("Ask"));
        Expect(Notification("$/cancelRequest", "[1]"), Error(-32800, "Request cancelled", "1"));
        Client.Say(Request("Ask"));
        Client.ExpectNothing();
        // It is no notification, and so is not what it is named.
        Expect(Request("$/cancelRequest", "[1]", "2"), Error(-32601, "Method not found", "2"));
        Expect(Notification("\\u0024/cancel\\u0052equest", "[1]"), Error(-32800, "Request cancelled", "1"));
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void A_client_that_cannot_send_pings_asks_whether_the_server_is_there()
    {
        Expect(Request("$/ping", "[]", "2"), """{"jsonrpc":"2.0","result":null,"id":2}""");
        Expect("""{"jsonrpc":"2.0","method":"$\/ping","id":"a"}""", """{"jsonrpc":"2.0","result":null,"id":"a"}""");
        Expect($"[{Request("$/ping", "[]", "3")}]", """[{"jsonrpc":"2.0","result":null,"id":3}]""");
        Expect(Notification("$/ping", "[]"), "");
        Expect(Request("$/pong", "[]", "2"), Error(-32601, "Method not found", "2"));
    }

    [Fact]
    public void Of_two_calls_with_one_id_each_notification_cancels_one()
    {
        Client.Say(Request("Ask"));
        Client.Say(Request("Ask"));
        Expect(Notification("$/cancelRequest", "[1]"), Error(-32800, "Request cancelled", "1"));
        Expect(Notification("$/cancelRequest", "[1]"), Error(-32800, "Request cancelled", "1"));
        Expect(Notification("$/cancelRequest", "[1]"), "");
    }

    [Fact]
    public void A_call_that_does_not_heed_it_is_answered_when_it_ends()
    {
        Client.Say(Request("Pass", "[5]"));
        Expect(Notification("$/cancelRequest", "[1]"), "");
        Server.LetOneGo();
        ExpectAnswer(Result("5"));

        Script.Ask = async _ =>
        {
            await Server.Script.Gate.PassAsync();
            return "done all the same";
        };
        Client.Say(Request("Ask"));
        Expect(Notification("$/cancelRequest", "[1]"), "");
        Server.LetOneGo();
        ExpectAnswer(Result("\"done all the same\""));
    }

    [Fact]
    public void What_the_method_throws_instead_is_an_error_and_so_is_what_its_callbacks_throw()
    {
        Script.Ask = static async cancelled =>
        {
            cancelled.Register(static () => throw new InvalidOperationException("a callback"));
            var source = new TaskCompletionSource();
            cancelled.Register(source.SetResult);
            await source.Task;
            throw new InvalidOperationException("instead");
        };
        Client.Say(Request("Ask"));
        Expect(Notification("$/cancelRequest", "[1]"), Error(-32603, "Internal error", "1"));
        Assert.Equal(2, Server.Log.Errors.Count());
    }

    [Fact]
    public void The_end_of_the_connection_cancels_all_and_OnClose_comes_last()
    {
        Script.Ask = async cancelled =>
        {
            try
            {
                await Gate.UntilCancelledAsync(cancelled);
            }
            finally
            {
                Server.Journal.Add("cancelled");
            }

            return "";
        };
        for (int i = 0; i < 3; i++) Client.Say(Request("Ask", "[]", $"{i}"));
        Client.Reset();
        Assert.Equal(["open", "cancelled", "cancelled", "cancelled", "close 1006"], Server.Journal);
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void OnClose_waits_for_a_call_that_does_not_heed_the_end()
    {
        Client.Say(Request("Touch"));
        Client.Say(Request("Ask"));
        Client.Reset();
        Assert.Equal(["open"], Server.Journal);
        Server.LetOneGo();
        Assert.Equal(["open", "touched", "close 1006"], Server.Journal);
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void A_call_after_the_servers_close_frame_ends_unheard()
    {
        Client.Say(Request("Touch"));
        Script.Connection.Close(4000);
        Server.Run();
        Client.ExpectClose(4000);
        Server.LetOneGo();
        Client.ExpectNothing();
        Client.SendRaw(Frame.Close(4000));
        Client.Shutdown();
        Assert.Equal(["open", "touched", "close 4000"], Server.Journal);
    }

    [Fact]
    public async Task A_server_that_stops_waits_for_calls()
    {
        Client.Say(Request("Touch"));
        Task stopping = Server.Server.StopAsync();
        Server.Advance(100);
        Client.ExpectNothing();
        Client.Reset();
        Server.Advance(100);
        Assert.False(stopping.IsCompleted);
        Server.LetOneGo();
        Server.Advance(100);
        Assert.True(stopping.IsCompleted);
        await stopping;
        Assert.DoesNotContain(Server.Log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public void A_connection_on_which_a_call_goes_on_is_not_idle()
    {
        using var server = new TestServer(static options => (options.IdleTimeoutMs, options.PingIntervalMs) = (1000, 0));
        TestClient client = server.Open("/rpc");
        client.Say(Request("Touch"));
        server.Advance(5000);
        client.ExpectNothing();
        server.LetOneGo();
        Assert.Equal(Result("null"), client.NextText());
        server.Advance(2100);
        client.ExpectClose(1001);
    }
}
