using System.Text.Json;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>What the server asks the client.</summary>
public sealed class ClientTests : RpcTests
{
    [Fact]
    public void A_notification_goes_out_at_once()
    {
        Script.Client.Said("Ann", "caf\u00e9 \"x\"");
        Server.Run();
        ExpectAnswer("""{"jsonrpc":"2.0","method":"Said","params":["Ann","café \"x\""]}""");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("two values")]
    [InlineData("no end")]
    [InlineData("a member")]
    public void A_parameter_that_is_written_as_no_value_is_the_callers_exception_and_does_not_go_out(string fault)
    {
        Assert.Throws<JsonException>(() => Script.Client.Spoilt(1, new(fault), 2));
        Script.Client.Said("Ann", "");
        Server.Run();
        ExpectAnswer("""{"jsonrpc":"2.0","method":"Said","params":["Ann",""]}""");
        Client.ExpectNothing();
    }

    [Fact]
    public void A_call_may_ask_the_client_and_goes_on_with_its_answer()
    {
        Script.Ask = async cancelled =>
        {
            string name = await Script.Client.AskName("who?", cancelled);
            // Back on the loop: it is sent, and not queued for another thread.
            return $"{name} {Script.Connection.Send("direct")}";
        };
        Client.Say(Request("Ask"));
        ExpectAnswer("""{"jsonrpc":"2.0","method":"ask/name","params":["who?"],"id":"s1"}""");
        Client.Say(Result("\"Ann\"", Own(1)));
        Assert.Equal($"direct {Result("\"Ann Sent\"")}", Client.Texts());
    }

    [Fact]
    public void OnOpen_may_ask_the_client_although_messages_wait_for_it()
    {
        Script.Opened = async () => Server.Journal.Add("named " + await Script.Client.AskName("who?"));
        TestClient client = Server.Open("/rpc");
        Assert.Equal("""{"jsonrpc":"2.0","method":"ask/name","params":["who?"],"id":"s1"}""", client.NextText());
        client.Say(Request("sum", "[1,2,4]"));
        client.Say("{");
        client.Say(Result("5", "\"other\""));
        client.ExpectNothing();
        client.Say(Result("\"Ann\"", Own(1)));
        Assert.Equal(["open", "open", "named Ann"], Server.Journal);
        Assert.Equal($"{Result("7")} {Error(-32700, "Parse error", "null")}", WithoutReasons(client.Texts()));
    }

    [Fact]
    public void OnOpen_gets_answers_that_come_in_a_batch_and_the_rest_of_it_keeps_its_place()
    {
        Script.Opened = async () =>
        {
            (Task<string> name, Task<int> count) = (Script.Client.AskName("who?"), Script.Client.Count());
            Server.Journal.Add($"named {await name} {await count}");
        };
        TestClient client = Server.Open("/rpc");
        client.Texts();
        client.Say(Notification("notify_hello", "[1]"));
        client.Say(
            $"[{Request("sum", "[1,2,4]")},{Result("\"Ann\"", Own(1))},{Result("7", Own(3))},{Notification("notify_hello", "[2]")}]");
        client.Say(Notification("notify_hello", "[3]"));
        client.ExpectNothing();
        Assert.Equal(["open", "open"], Server.Journal);
        client.Say($"[{Result("5", Own(2))}]");
        Assert.Equal(["open", "open", "named Ann 5", "hello 1", "hello 2", "hello 3"], Server.Journal);
        Assert.Equal($"[{Result("7")}]", client.Texts());
    }

    [Fact]
    public void A_batch_that_is_refused_has_no_answers()
    {
        Script.Opened = async () => Server.Journal.Add("named " + await Script.Client.AskName("who?"));
        TestClient client = Server.Open("/rpc");
        client.Texts();
        client.Say($"[{string.Join(',', Enumerable.Repeat(Result("\"no\"", Own(1)), 101))}]");
        client.Say($"[{Result("\"no\"", Own(1))}");
        client.Say("[]");
        client.Say($"[[{Result("\"no\"", Own(1))}],1]");
        Assert.Equal(["open", "open"], Server.Journal);
        client.Say(Result("\"Ann\"", Own(1)));
        Assert.Equal(["open", "open", "named Ann"], Server.Journal);
        string invalid = Error(-32600, "Invalid Request", "null");
        Assert.Equal($"{invalid} {Error(-32700, "Parse error", "null")} {invalid} [{invalid},{invalid}]", WithoutReasons(client.Texts()));
    }

    [Fact]
    public void The_error_of_one_client_is_not_what_a_caller_hears()
    {
        Script.Ask = _ => Script.Client.AskName("who?", CancellationToken.None);
        Client.Say(Request("Ask"));
        Client.Texts();
        Client.Say("""{"jsonrpc":"2.0","error":{"code":-32700,"message":"evil","data":1},"id":"s1"}""");
        Assert.Equal(Error(-32603, "Internal error", "1"), Client.Texts());
    }

    [Fact]
    public async Task Requests_have_ids_of_their_own_and_are_answered_in_any_order()
    {
        Task<int> first = Run(() => Script.Client.Count());
        Task<int> second = Run(() => Script.Client.Weigh(new Point(1, 2)).AsTask());
        Task third = Run(() => Script.Client.Touch());
        Assert.Equal(
            """{"jsonrpc":"2.0","method":"Count","params":[],"id":"s1"} """
            + """{"jsonrpc":"2.0","method":"Weigh","params":[{"x":1,"y":2}],"id":"s2"} """
            + """{"jsonrpc":"2.0","method":"Touch","params":[],"id":"s3"}""",
            Client.Texts());
        Expect($"[{Result("null", Own(3))},{Result("20", Own(2))}]", "");
        Expect(Result("10", Own(1)), "");
        Assert.Equal((10, 20), (await first, await second));
        await third;
        // Again, and with what was never asked.
        Expect(
            $"[{Result("10", Own(1))},{Result("10", "1")},{Result("10", "\"s1 \"")},{Result("10", "\"s01\"")},{Result("1", "\"s-1\"")},"
            + $"{Result("1", "\"s9999999999999999999\"")},{Result("1", "\"s\"")}]", "");
    }

    [Fact]
    public async Task An_error_is_the_callers_exception()
    {
        Task<int> count = Run(() => Script.Client.Count());
        Expect(
            """{"jsonrpc":"2.0","error":{"message":"no","data":{"a":[1]},"x":{},"code":5},"result":null,"id":"s1"}""",
            "{\"jsonrpc\":\"2.0\",\"method\":\"Count\",\"params\":[],\"id\":\"s1\"}");
        JsonRpcException exception = await Assert.ThrowsAsync<JsonRpcException>(() => count);
        Assert.Equal((5, "no", """{"a":[1]}"""), (exception.Code, exception.Message, Harness.Script.Utf8(exception.DataUtf8.Span)));
    }

    [Theory]
    [InlineData("5", -32603, "The client answered with an error.")]
    [InlineData("[1]", -32603, "The client answered with an error.")]
    [InlineData("{}", -32603, "The client answered with an error.")]
    [InlineData("""{"code":"5","message":{"a":1}}""", -32603, "The client answered with an error.")]
    [InlineData("""{"code":1e9,"message":"\ud800"}""", -32603, "The client answered with an error.")]
    [InlineData("""{"code":99999999999,"message":"x"}""", -32603, "x")]
    public async Task An_error_that_is_none_is_one_all_the_same(string error, int code, string message)
    {
        Task<int> count = Run(() => Script.Client.Count());
        Client.Say($$"""{"jsonrpc":"2.0","error":{{error}},"id":"s1"}""");
        JsonRpcException exception = await Assert.ThrowsAsync<JsonRpcException>(() => count);
        Assert.Equal((code, message), (exception.Code, exception.Message));
    }

    [Fact]
    public async Task A_result_of_another_type_is_the_callers_exception_too()
    {
        Task<int> count = Run(() => Script.Client.Count());
        Client.Say(Result("\"many\"", Own(1)));
        await Assert.ThrowsAnyAsync<JsonException>(() => count);
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public async Task Null_is_a_result_only_where_the_type_says_so()
    {
        Task<string> name = Run(() => Script.Client.AskName("who?"));
        Task<Point> place = Run(() => Script.Client.Locate());
        Task<int> count = Run(() => Script.Client.Count());
        Task<string?> nick = Run(() => Script.Client.AskNick());
        Task touch = Run(() => Script.Client.Touch());
        Client.Drain();
        Expect($"[{string.Join(',', Enumerable.Range(1, 5).Select(static id => Result("null", Own(id))))}]", "");
        foreach (Task wrong in new Task[] { name, place, count })
        {
            Exception exception = await Assert.ThrowsAnyAsync<JsonException>(() => wrong);
            Assert.StartsWith("The client's result is ", exception.Message, StringComparison.Ordinal);
        }

        Assert.Null(await nick);
        await touch;
    }

    [Fact]
    public async Task A_result_that_is_missing_is_none_of_any_type()
    {
        Task<string?> nick = Run(() => Script.Client.AskNick());
        Client.Say("""{"jsonrpc":"2.0","error":null,"id":"s1"}""");
        await Assert.ThrowsAnyAsync<JsonException>(() => nick);
    }

    [Theory]
    [InlineData("\"s01\"")]
    [InlineData("\"s+1\"")]
    [InlineData("\"S1\"")]
    [InlineData("1")]
    [InlineData("null")]
    public async Task An_answer_has_the_id_that_was_sent(string id)
    {
        Task<int> count = Run(() => Script.Client.Count());
        Client.Next();
        Expect(Result("5", id), "");
        Assert.False(count.IsCompleted);
        Expect(Result("6", Own(1)), "");
        Assert.Equal(6, await count);
    }

    [Fact]
    public async Task A_client_that_never_answers_is_not_waited_for()
    {
        Task<int> count = Run(() => Script.Client.Count());
        Client.Next();
        Server.AdvanceTo(TestServer.AtTick(1000) - 1);
        Assert.False(count.IsCompleted);
        Server.Advance(1);
        TimeoutException exception = await Assert.ThrowsAnyAsync<TimeoutException>(() => count);
        Assert.Equal("The client has not answered within 1000 ms.", exception.Message);
        ExpectAnswer("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"s1"}}""");
        Expect(Result("5", Own(1)), "");
    }

    [Fact]
    public async Task Whoever_does_not_wait_any_more_has_the_client_told()
    {
        var source = new CancellationTokenSource();
        Task<string> name = Run(() => Script.Client.AskName("who?", source.Token));
        Client.Next();
        source.Cancel();
        Server.Run();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => name);
        ExpectAnswer("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"s1"}}""");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(() => Script.Client.AskName("who?", source.Token)));
        Client.ExpectNothing();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_the_connection_cancels_what_was_asked_and_what_is_asked_later(bool isClosing)
    {
        Task<int> count = Run(() => Script.Client.Count());
        Client.Next();
        if (isClosing)
        {
            Script.Connection.Close(4000);
            Server.Run();
            Client.ExpectClose(4000);
            Task<int> late = Run(() => Script.Client.Count());
            Client.SendRaw(Frame.Text(Result("5", Own(1))));
            Assert.False(late.IsCompleted || count.IsCompleted);
            Client.Reset();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        }

        Client.Reset();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(() => Script.Client.Count()));
    }

    [Fact]
    public void What_is_asked_of_a_connection_that_has_ended_waits_for_no_loop()
    {
        // That of a server that has stopped runs no more.
        Client.Reset();
        Assert.True(Script.Client.Count().IsCanceled);
    }

    [Fact]
    public void A_call_that_waits_for_a_client_that_goes_is_no_error()
    {
        Script.Ask = _ => Script.Client.AskName("who?", CancellationToken.None);
        Client.Say(Request("Ask"));
        Client.Reset();
        Assert.Equal(["open", "close 1006"], Server.Journal);
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public async Task Before_the_connection_is_open_nothing_can_be_asked()
    {
        Task<int>? count = null;
        Script.Connecting = client => count = client.Count();
        Server.Open("/rpc");
        await Assert.ThrowsAsync<InvalidOperationException>(() => count!);
    }

    [Fact]
    public async Task At_the_output_limit_notifications_are_dropped_and_requests_fail()
    {
        using var server = new TestServer(static options => options.MaxPendingOutputBytes = 1000);
        TestClient client = server.Open("/rpc");
        client.Peer.WindowBytes = 1;
        IRpcClient proxy = server.Script.Rpc.Client;
        server.Script.Rpc.Answer = () =>
        {
            for (int i = 0; i < 50; i++) proxy.Said("Ann", new string('x', 900));
            return "";
        };
        client.Say(Request("Answer"));
        server.Script.Rpc.Answer = static () => "";
        Task<int> count = proxy.Count();
        server.Run();
        InvalidOperationException exception = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => count);
        Assert.Equal("The request was not sent: the output limit of this client is reached.", exception.Message);
        client.Peer.WindowBytes = int.MaxValue;
        // What was gathered while the connection was being served had been sent before the kernel refused.
        Assert.InRange(client.Drain().Count, 2, 25);
    }

    [Fact]
    public void Where_slow_consumers_are_closed_so_is_one_that_does_not_read_notifications()
    {
        using var server = new TestServer(static options => options.MaxPendingOutputBytes = 1000);
        TestClient client = server.Open("/rpc/many");
        client.Peer.WindowBytes = 1;
        for (int i = 0; i < 5; i++)
        {
            server.Script.Rpc.Client.Said("Ann", new string('x', 900));
            server.Run();
        }

        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(1008, client.Drain()[^1].CloseCode);
    }

    [Fact]
    public async Task Other_threads_may_ask_too()
    {
        Task<int>[] counts = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => Script.Client.Count()))];
        // Each is posted before its task is there.
        while (Script.Connection.PendingOutputBytes < counts.Length * 50) await Task.Yield();
        Server.Run();
        for (int i = 0; i < counts.Length; i++)
        {
            using JsonDocument request = JsonDocument.Parse(Client.NextText());
            string id = request.RootElement.GetProperty("id").GetString()!;
            Client.Say(Result(id[1..], $"\"{id}\""));
        }

        Assert.Equal(Enumerable.Range(1, counts.Length), (await Task.WhenAll(counts)).Order());
    }

    [Fact]
    public void A_converter_that_calls_a_proxy_spoils_nothing()
    {
        Script.Answer = () =>
        {
            Script.Client.Said("Ann", "within");
            return "answer";
        };
        Client.Say(Request("Answer"));
        Assert.Equal("""{"jsonrpc":"2.0","method":"Said","params":["Ann","within"]}""" + " " + Result("\"answer\""), Client.Texts());
    }

    private static string Own(int number) => $"\"s{number}\"";

    /// <summary>Calls a proxy off the loop, and lets the loop do what was posted to it.</summary>
    private T Run<T>(Func<T> call)
    {
        T result = call();
        Server.Run();
        return result;
    }
}
