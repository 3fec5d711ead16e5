using System.Text.Json;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>How calls end, at once or later.</summary>
public sealed class CallTests : RpcTests
{
    private const string Internal = "Internal error";

    [Fact]
    public void A_method_that_throws_says_nothing_to_the_client_and_all_to_the_log()
    {
        Script.Answer = static () => throw new InvalidOperationException("secret");
        ExpectError("Answer", "[]", -32603, Internal);
        Assert.Equal("secret", Assert.Single(Server.Log.Errors).Exception!.Message);
        ExpectResult("sum", "[1,2,4]", "7");
    }

    [Fact]
    public void A_method_that_throws_has_a_notification_unanswered_but_logged()
    {
        Script.Answer = static () => throw new InvalidOperationException("secret");
        Expect(Notification("Answer"), "");
        Script.Ask = static _ => Task.FromException<string>(new InvalidOperationException("secret"));
        Expect(Notification("Ask"), "");
        Assert.Equal(2, Server.Log.Errors.Count());
    }

    [Fact]
    public void An_error_of_the_users_own_carries_code_message_and_data()
    {
        Script.Answer = static () => throw JsonRpcException.Create(-5, "no \"more\"", new Point(1, 2), RpcJson.Default.Point);
        ExpectError("Answer", "[]", -5, "no \\\"more\\\"", """{"x":1,"y":2}""");
        Script.Ask = static async _ =>
        {
            await Task.Yield();
            throw new JsonRpcException(7, "later");
        };
        Client.Say(Request("Ask"));
        ExpectAnswer(Error(7, "later", "1"));
        Expect(Notification("Answer"), "");
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void Half_a_character_in_an_error_of_the_users_own_is_replaced()
    {
        Script.Answer = static () => throw new JsonRpcException(-5, "a \ud800");
        ExpectError("Answer", "[]", -5, "a \\uFFFD");
        Script.Answer = static () => throw JsonRpcException.Create(-5, "b", "\ud800", RpcJson.Default.String);
        ExpectError("Answer", "[]", -5, "b", "\"\\uFFFD\"");
        Script.Answer = static () => "\ud800";
        ExpectResult("Answer", "[]", "\"\\uFFFD\"");
    }

    [Fact]
    public void Two_calls_with_one_id_are_answered_both()
    {
        Client.Say(Request("Pass", "[1]"));
        Client.Say(Request("Pass", "[2]"));
        Expect(Request("sum", "[1,2,4]"), Result("7"));
        Server.LetOneGo();
        ExpectAnswer(Result("1"));
        Server.LetOneGo();
        ExpectAnswer(Result("2"));
    }

    [Fact]
    public void A_JsonException_of_the_method_itself_is_not_the_callers_mistake()
    {
        ExpectError("Parse", "[\"{\"]", -32603, Internal);
        Assert.IsAssignableFrom<JsonException>(Assert.Single(Server.Log.Errors).Exception);
    }

    [Theory]
    [InlineData("Break")]
    [InlineData("Unpick")]
    public void A_result_that_cannot_be_written_is_an_error_and_nothing_of_it_goes_out(string method)
    {
        ExpectError(method, "[]", -32603, Internal);
        Expect($"[{Request(method)},{Request("sum", "[1,2,4]", "2")}]", $"[{Error(-32603, Internal, "1")},{Result("7", "2")}]");
        Assert.Equal(2, Server.Log.Errors.Count());
    }

    [Theory]
    [InlineData("Spoil", "nothing")]
    [InlineData("Spoil", "two values")]
    [InlineData("Spoil", "no end")]
    [InlineData("Spoil", "a member")]
    [InlineData("Spoil", "half a member")]
    [InlineData("SpoilMember", "nothing")]
    [InlineData("SpoilMember", "two values")]
    [InlineData("SpoilItem", "nothing")]
    [InlineData("SpoilItem", "two values")]
    [InlineData("SpoilError", "nothing")]
    [InlineData("SpoilError", "two values")]
    public void What_a_converter_writes_and_is_no_JSON_is_an_error_and_does_not_go_out(string method, string fault)
    {
        ExpectError(method, $"[\"{fault}\"]", -32603, Internal);
        Assert.Single(Server.Log.Errors);
        Expect(
            $"[{Request(method, $"[\"{fault}\"]")},{Request("sum", "[1,2,4]", "2")}]",
            $"[{Error(-32603, Internal, "1")},{Result("7", "2")}]");
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_an_error()
    {
        Script.Answer = static () => throw new OperationCanceledException();
        ExpectError("Answer", "[]", -32603, Internal);
        Script.Ask = static _ => Task.FromCanceled<string>(new CancellationToken(true));
        ExpectError("Ask", "[]", -32603, Internal);
        Assert.Equal(2, Server.Log.Errors.Count());
    }

    [Fact]
    public void Later_messages_do_not_wait_and_answers_come_as_calls_end()
    {
        Client.Say(Request("Pass", "[1]", "\"a\""));
        Client.Say(Request("Pass", "[2]", "\"b\""));
        Expect(Request("sum", "[1,2,4]", "\"c\""), Result("7", "\"c\""));
        Server.LetOneGo();
        ExpectAnswer(Result("1", "\"a\""));
        Client.ExpectNothing();
        Server.LetOneGo();
        ExpectAnswer(Result("2", "\"b\""));
    }

    [Fact]
    public void A_task_without_a_result_is_answered_with_null_when_it_has_ended()
    {
        Client.Say(Request("Touch"));
        Client.Say(Notification("Touch"));
        Client.ExpectNothing();
        Server.LetOneGo();
        ExpectAnswer(Result("null"));
        Server.LetOneGo();
        Client.ExpectNothing();
        Assert.Equal(["open", "touched", "touched"], Server.Journal);
    }

    [Fact]
    public void Beyond_the_limit_calls_that_would_go_on_are_refused_and_others_are_not()
    {
        for (int i = 0; i < 32; i++) Client.Say(i % 2 == 0 ? Request("Pass", "[1]", $"{i}") : Notification("Touch"));
        Expect(Request("Pass", "[1]", "99"), Error(-32000, "Too many requests in flight", "99"));
        Expect(Request("items", "[]", "99"), Error(-32000, "Too many requests in flight", "99"));
        Expect(Notification("Touch"), "");
        Expect(
            $"[{Request("Pass", "[1]", "99")},{Request("sum", "[1,2,4]")}]",
            $"[{Error(-32000, "Too many requests in flight", "99")},{Result("7")}]");
        Server.LetOneGo();
        ExpectAnswer(Result("1", "0"));
        Client.Say(Request("Pass", "[1]", "99"));
        Client.ExpectNothing();
        Assert.Equal(32, Server.Script.Gate.WaitingCount);
    }

    [Fact]
    public void Ten_thousand_calls_run_at_once_where_the_route_lets_them()
    {
        TestClient client = Server.Open("/rpc/many");
        for (int i = 0; i < 10_000; i += 100)
        {
            client.SendRaw([.. Enumerable.Range(i, 100).Select(static i => Frame.Text(Request("Pass", $"[{i}]", $"{i}")))]);
        }

        Assert.Equal(10_000, Server.Script.Gate.WaitingCount);
        client.Say(Notification("$/cancelRequest", """{"id":5000}"""));
        Assert.Equal(Error(-32800, "Request cancelled", "5000"), client.NextText());
        for (int i = 0; i < 10_000; i++) Server.LetOneGo();
        Assert.Equal(
            Enumerable.Range(0, 10_000).Where(static i => i != 5000).Select(static i => Result($"{i}", $"{i}")),
            client.Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void Answers_are_not_dropped_at_the_output_limit()
    {
        using var server = new TestServer(static options => options.MaxPendingOutputBytes = 1000);
        TestClient client = server.Open("/rpc");
        client.Peer.WindowBytes = 1;
        string text = new('x', 900);
        server.Script.Rpc.Ask = async _ =>
        {
            await server.Script.Gate.PassAsync();
            return text;
        };
        client.SendRaw([.. Enumerable.Range(0, 20).Select(static i => Frame.Text(Request("Ask", "[]", $"{i}")))]);
        for (int i = 0; i < 20; i++) server.LetOneGo();
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(Enumerable.Range(0, 20).Select(i => Result($"\"{text}\"", $"{i}")), client.Drain().Select(static frame => frame.Utf8));
    }

    [Fact]
    public void A_peer_that_calls_and_does_not_read_is_not_read_either()
    {
        using var server = new TestServer(static options => options.MaxPendingOutputBytes = 1000);
        TestClient client = server.Open("/rpc");
        client.Peer.WindowBytes = 1;
        byte[] request = Frame.Text(Request("Echo", $"[\"{new string('x', 200)}\"]"));
        for (int i = 0; i < 100; i++) client.SendRaw(request);
        Assert.InRange(server.Script.Rpc.Connection.PendingOutputBytes, 1000, 1300);
        client.Peer.WindowBytes = int.MaxValue;
        Assert.Equal(100, client.Drain().Count);
    }
}
