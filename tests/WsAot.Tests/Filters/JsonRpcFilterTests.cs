using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

/// <summary>Filters around JSON-RPC methods: synchronous ones, and ones that wait.</summary>
public sealed class JsonRpcFilterTests : IDisposable
{
    private readonly TestServer _server = new();

    private FilterScript Script => _server.Script.Filters;

    public static TheoryData<string> Paths => ["/filters/rpc", "/filters/waiting-rpc"];

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(Paths))]
    public void Filters_nest_around_a_call(string path)
    {
        TestClient client = Open(path);
        client.Say(Request("add", "[1,2]"));
        Assert.Equal(Result("3"), client.NextText());
        Expect("class before add", "method! before add", "add 1 2", "method! after add", "class after add");
    }

    [Theory]
    [InlineData("/filters/rpc", "nothing", "null")]
    [InlineData("/filters/rpc", "later", "null")]
    [InlineData("/filters/rpc", "laterValue", "1")]
    [InlineData("/filters/rpc", "perhaps", "null")]
    [InlineData("/filters/rpc", "perhapsValue", "\"/filters/rpc\"")]
    [InlineData("/filters/waiting-rpc", "nothing", "null")]
    [InlineData("/filters/waiting-rpc", "later", "null")]
    [InlineData("/filters/waiting-rpc", "laterValue", "1")]
    [InlineData("/filters/waiting-rpc", "perhaps", "null")]
    [InlineData("/filters/waiting-rpc", "perhapsValue", "\"/filters/waiting-rpc\"")]
    public void Every_way_to_return_is_covered_whether_it_waits_or_not(string path, string method, string result)
    {
        TestClient client = Open(path);
        client.Say(Request(method));
        Assert.Equal(Result(result), client.NextText());
        Assert.Equal(("class before " + method, "class after " + method), (_server.Journal[0], _server.Journal[^1]));
        Script.Method = _server.Script.Gate.PassAsync;
        client.Say(Request(method));
        while (_server.Script.Gate.WaitingCount > 0) _server.LetOneGo();
        Assert.Equal(Result(result), client.NextText());
        Assert.Equal(2, _server.Journal.Count(line => line == "class after " + method));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_refused_request_is_answered_and_a_refused_notification_is_dropped(string path)
    {
        TestClient client = Open(path);
        Script.Calling = static (call, _) =>
        {
            Assert.True(call.IsJsonRpc);
            call.Refuse("needs the role \"admin\"", call.Kind == WsCallKind.JsonRpcRequest ? -32004 : 0);
        };
        client.Say(Request("add", "[1,2]"));
        Assert.Equal(Error(-32004, "needs the role \\\"admin\\\""), client.NextText());
        client.Say($"[{Request("add", "[1,2]")},{Request("items", "[1]")}]");
        Assert.Equal(2, client.NextText().Split("-32004").Length - 1);
        client.Say("""{"jsonrpc":"2.0","method":"add","params":[1,2]}""");
        client.ExpectNothing();
        Assert.Equal(Enumerable.Repeat("class before add", 2), _server.Journal.Where(static line => line.Contains("add")).Take(2));
        Assert.DoesNotContain("add 1 2", _server.Journal);
        Assert.Empty(_server.Log.Errors);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Parameters_are_read_before_the_filters_run(string path)
    {
        TestClient client = Open(path);
        client.Say(Request("add", "[1]"));
        Assert.Contains("-32602", client.NextText(), StringComparison.Ordinal);
        Assert.Empty(_server.Journal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void An_exception_becomes_another_or_an_error(string path)
    {
        TestClient client = Open(path);
        Script.Method = static () => throw new FormatException("bad");
        Script.Exception = static (_, exception) =>
            exception is FormatException ? new JsonRpcException(-32602, exception.Message) : exception;
        foreach (string method in (string[])["later", "laterValue", "perhaps"])
        {
            client.Say(Request(method));
            Assert.Equal(Error(-32602, "bad"), client.NextText());
            Assert.Equal($"class after {method} JsonRpcException", _server.Journal[^1]);
        }

        client.Say(Request("add", "[1,2]"));
        Assert.Equal(Error(-32602, "bad"), client.NextText());
        Assert.Equal(["method! after add JsonRpcException", "class after add JsonRpcException"], _server.Journal[^2..]);
        client.Say(Request("items", "[1]"));
        Assert.Equal(Error(-32602, "bad"), client.NextText());
        Assert.Empty(_server.Log.Errors);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_call_whose_exception_is_handled_has_no_result_all_the_same(string path)
    {
        TestClient client = Open(path);
        Script.Method = static () => throw new FormatException("bad");
        Script.Exception = static (_, _) => null;
        client.Say(Request("add", "[1,2]"));
        Assert.Contains("-32603", client.NextText(), StringComparison.Ordinal);
        Assert.IsType<FormatException>(Assert.Single(_server.Log.Errors).Exception);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void What_a_filter_throws_is_the_answer(string path)
    {
        TestClient client = Open(path);
        Script.Calling = static (_, name) =>
        {
            if (name == "method") throw new JsonRpcException(1, "before");
        };
        client.Say(Request("add", "[1,2]"));
        Assert.Equal(Error(1, "before"), client.NextText());
        Expect("class before add", "method! before add", "class after add JsonRpcException");
        Script.Calling = null;
        Script.Called = static (call, name) =>
        {
            if (name == "class") throw new JsonRpcException(2, "after");
        };
        client.Say(Request("add", "[1,2]"));
        Assert.Equal(Error(2, "after"), client.NextText());
        client.Say(Request("later"));
        Assert.Equal(Error(2, "after"), client.NextText());
        client.Say(Request("items", "[0]"));
        Assert.Equal(Error(2, "after"), client.NextText());
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_stream_ends_its_call_when_it_has_ended(string path)
    {
        TestClient client = Open(path);
        Script.Method = _server.Script.Gate.PassAsync;
        client.Say(Request("items", "[2]"));
        _server.LetOneGo();
        Expect("class before items");
        _server.LetOneGo();
        Expect("class after items");
        Assert.Equal(3, client.Texts().Split(' ').Length);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_stream_that_is_cancelled_ends_its_call(string path)
    {
        TestClient client = Open(path);
        Script.Method = _server.Script.Gate.PassAsync;
        client.Say(Request("items", "[100]"));
        client.Say("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":[1]}""");
        _server.LetOneGo();
        Assert.Contains("-32800", client.Texts(), StringComparison.Ordinal);
        Expect("class before items", "class after items OperationCanceledException");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_client_that_leaves_ends_the_calls_of_its_streams(string path)
    {
        TestClient client = Open(path);
        Script.Method = _server.Script.Gate.PassAsync;
        client.Say(Request("items", "[100]"));
        client.Reset();
        _server.LetOneGo();
        Expect("class before items", "class after items OperationCanceledException");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_notification_of_a_stream_ends_at_once(string path)
    {
        TestClient client = Open(path);
        client.Say("""{"jsonrpc":"2.0","method":"items","params":[2]}""");
        Expect("class before items", "class after items");
        client.ExpectNothing();
    }

    [Fact]
    public void A_call_whose_filter_waits_is_in_flight_and_later_ones_begin()
    {
        TestClient client = Open("/filters/waiting-rpc");
        Script.Waiting = _ => _server.Script.Gate.PassAsync();
        client.Say(Request("add", "[1,2]", "1"));
        client.Say(Request("nothing", "[]", "2"));
        // The route takes two at once.
        client.Say(Request("nothing", "[]", "3"));
        Assert.Contains("-32000", client.NextText(), StringComparison.Ordinal);
        Expect("class before add", "class before nothing");
        _server.LetOneGo();
        Assert.Equal(Result("3", "1"), client.NextText());
        _server.LetOneGo();
        Assert.Equal(Result("null", "2"), client.NextText());
        Script.Waiting = static _ => Task.CompletedTask;
    }

    [Fact]
    public void A_call_can_be_cancelled_while_its_filter_waits()
    {
        TestClient client = Open("/filters/waiting-rpc");
        Script.Waiting = _ => _server.Script.Gate.PassAsync();
        client.Say(Request("laterValue"));
        client.Say("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":[1]}""");
        _server.LetOneGo();
        Assert.Contains("-32800", client.NextText(), StringComparison.Ordinal);
        Expect("class before laterValue", "class after laterValue OperationCanceledException");
    }

    [Fact]
    public void Calls_that_run_at_the_same_time_do_not_share_what_their_filters_keep()
    {
        TestClient client = Open("/filters/waiting-rpc");
        var kept = new List<long>();
        Script.Waiting = call =>
        {
            call.Timestamp = call.PayloadLength;
            return _server.Script.Gate.PassAsync();
        };
        Script.Called = (call, name) => kept.Add(name == "class" ? call.Timestamp : -call.Timestamp);
        client.Say(Request("add", "[1,2]", "1"));
        client.Say(Request("add", "[100,200]", "2"));
        _server.LetOneGo();
        _server.LetOneGo();
        Assert.Equal([0, 5, 0, 9], kept);
        Assert.Equal(2, client.Texts().Split(' ').Length);
        Script.Waiting = static _ => Task.CompletedTask;
    }

    private TestClient Open(string path)
    {
        TestClient client = _server.Open(path);
        _server.Journal.Clear();
        return client;
    }

    private void Expect(params string[] journal)
    {
        Assert.Equal(journal, _server.Journal);
        _server.Journal.Clear();
    }

    private static string Request(string method, string parameters = "[]", string id = "1") =>
        $$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}},"id":{{id}}}""";

    private static string Result(string result, string id = "1") => $$"""{"jsonrpc":"2.0","result":{{result}},"id":{{id}}}""";

    private static string Error(int code, string message) =>
        $$$"""{"jsonrpc":"2.0","error":{"code":{{{code}}},"message":"{{{message}}}"},"id":1}""";
}
