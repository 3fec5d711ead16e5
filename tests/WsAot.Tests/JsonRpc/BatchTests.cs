using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

public sealed class BatchTests : RpcTests
{
    [Fact]
    public void A_batch_may_have_a_hundred_calls_and_no_more()
    {
        string[] requests = [.. Enumerable.Range(0, 101).Select(static i => Request("sum", $"[{i},0,0]", $"{i}"))];
        Expect(
            $"[{string.Join(',', requests[..100])}]",
            $"[{string.Join(',', Enumerable.Range(0, 100).Select(static i => Result($"{i}", $"{i}")))}]");
        Expect($"[{string.Join(',', requests)}]", Error(-32600, "Invalid Request", "null"));
        // Numbers count like calls.
        Expect($"[{string.Join(',', Enumerable.Repeat("1", 10_000))}]", Error(-32600, "Invalid Request", "null"));
    }

    [Fact]
    public void The_limit_is_the_routes()
    {
        TestClient client = Server.Open("/rpc/many");
        client.Say("[1,2,3]");
        Assert.StartsWith("[{", client.NextText(), StringComparison.Ordinal);
        client.Say("[1,2,3,4]");
        Assert.Equal(Error(-32600, "Invalid Request", "null", "\"a batch may have at most 3 calls\""), client.NextText());
    }

    [Fact]
    public void A_batch_that_is_too_long_and_no_JSON_is_no_JSON() =>
        Expect($"[{string.Join(',', Enumerable.Repeat("1", 1000))}", Error(-32700, "Parse error", "null"));

    [Fact]
    public void A_batch_within_a_batch_is_an_invalid_request() => Expect(
        $"[[{Request("sum", "[1,2,4]")}],{Request("sum", "[1,2,4]", "2")}]",
        $"[{Error(-32600, "Invalid Request", "null")},{Result("7", "2")}]");

    [Fact]
    public void The_answer_goes_out_when_the_last_call_has_ended()
    {
        Client.Say(
            $"[{Request("Pass", "[1]")},{Request("sum", "[1,2,4]", "2")},{Request("Pass", "[3]", "3")},{Notification("Touch")},"
            + $"{Request("Pass", "[1,2]", "4")}]");
        Expect(Request("sum", "[1,2,4]", "9"), Result("7", "9"));
        Server.LetOneGo();
        Server.LetOneGo();
        Client.ExpectNothing();
        Server.LetOneGo();
        string refused = Error(-32602, "Invalid params", "4", "\"the method has only 1 parameter\"");
        ExpectAnswer($"[{Result("7", "2")},{refused},{Result("1")},{Result("3", "3")}]");
        Client.ExpectNothing();
    }

    [Fact]
    public void Notifications_and_responses_alone_have_no_answer_even_later()
    {
        Client.Say($$"""[{{Notification("Touch")}},{"jsonrpc":"2.0","result":1,"id":1},{{Notification("none")}}]""");
        Server.LetOneGo();
        Client.ExpectNothing();
    }

    [Fact]
    public void A_call_can_be_cancelled_in_the_batch_that_made_it()
    {
        Script.Ask = static async cancelled =>
        {
            await Gate.UntilCancelledAsync(cancelled);
            return "";
        };
        Expect($"[{Request("Ask")},{Notification("$/cancelRequest", "[1]")}]", $"[{Error(-32800, "Request cancelled", "1")}]");
    }

    [Fact]
    public void What_comes_after_a_call_that_closes_the_connection_is_dropped()
    {
        Script.Answer = () =>
        {
            Script.Connection.Close(4000);
            return "";
        };
        Client.Say($"[{Request("Answer")},{Notification("notify_hello", "[1]")}]");
        Client.ExpectClose(4000);
        Assert.Equal(["open"], Server.Journal);
    }
}
