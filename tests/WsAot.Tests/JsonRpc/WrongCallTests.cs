using System.Runtime.ExceptionServices;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>A wrong call is answered, and nothing is thrown for it: exceptions cost many times what a right call costs.</summary>
public sealed class WrongCallTests : RpcTests
{
    [Theory]
    [InlineData("subtract", "[1]", "'subtrahend' is missing")]
    [InlineData("subtract", "[1,2,3]", "the method has only 2 parameters")]
    [InlineData("subtract", """{"minuend":1,"minuend":2}""", "'minuend' appears twice")]
    [InlineData("subtract", """{"minuend":"1","x":1,"minuend":2}""", "'minuend' has the wrong type")]
    [InlineData("subtract", """{"x\\u0041":1}""", "there is no parameter 'xA'")]
    [InlineData("subtract", """{"\\ud800":1}""", "a name is not Unicode text")]
    [InlineData("subtract", "[\"1\",2]", "'minuend' has the wrong type")]
    [InlineData("subtract", "[1.5,2]", "'minuend' has the wrong type")]
    [InlineData("subtract", "[2147483648,2]", "'minuend' has the wrong type")]
    [InlineData("subtract", "[null,2]", "'minuend' has the wrong type")]
    [InlineData("subtract", "[[],2]", "'minuend' has the wrong type")]
    [InlineData("Defaults", "[1,\"b\",\"3\"]", "'c' has the wrong type")]
    [InlineData("Defaults", "[1,\"b\",3,true]", "'d' has the wrong type")]
    [InlineData("Echo", "[null]", "'text' is null")]
    [InlineData("Echo", "[1]", "'text' has the wrong type")]
    [InlineData("Echo", "[{}]", "'text' has the wrong type")]
    [InlineData("Echo", "[\"\\udc00\"]", "'text' has the wrong type")]
    [InlineData("Mirror", "[[]]", "'point' has the wrong type")]
    [InlineData("Mirror", "[\"\"]", "'point' has the wrong type")]
    [InlineData("Map", "[[]]", "'map' has the wrong type")]
    [InlineData("Stamp", "[\"\\ud800\",\"2026-01-02T03:04:05Z\"]", "'id' has the wrong type")]
    [InlineData("Stamp", "[\"00000000-0000-0000-0000-000000000001\",\"\\ud800\\ud800\"]", "'time' has the wrong type")]
    [InlineData("Answer", "[1]", "the method has no parameters")]
    public void Nothing_is_thrown_for_parameters(string method, string parameters, string problem)
    {
        int thrown = CountThrown(() => Client.Say(Request(method, parameters.Replace("\\\\", "\\", StringComparison.Ordinal))));
        ExpectAnswer(Error(-32602, "Invalid params", "1", $"\"{problem}\""));
        Client.ExpectNothing();
        Assert.Equal(0, thrown);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"none","id":1}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","method":1,"id":1}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":"\ud800","id":1}""", -32600)]
    [InlineData("[]", -32600)]
    [InlineData("[1]", -32600)]
    public void Nor_for_what_is_no_call(string message, int code)
    {
        Assert.Equal(0, CountThrown(() => Client.Say(message)));
        Assert.Contains($"\"code\":{code}", Client.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_for_calls_beyond_the_limit_or_for_notifications()
    {
        for (int i = 0; i < 32; i++) Client.Say(Request("Pass", "[1]"));
        Assert.Equal(0, CountThrown(() => Client.Say(Request("Pass", "[1]"))));
        ExpectAnswer(Error(-32000, "Too many requests in flight", "1"));
        Assert.Equal(0, CountThrown(() => Client.Say(Notification("subtract", "[1]"))));
        Client.ExpectNothing();
    }

    [Fact]
    public void What_only_the_serializer_can_judge_is_answered_all_the_same() =>
        Assert.NotEqual(0, CountThrown(() => ExpectError(
            "Mirror", """[{"x":"1"}]""", -32602, "Invalid params", "\"'point' has the wrong type at $.x\"")));

    [Theory]
    [InlineData("[\"#ff\",\"7\",null]", "\"255 7 null\"")]
    [InlineData("[3,7,\"9\"]", "\"3 7 9\"")]
    public void Converters_of_the_application_and_numbers_in_strings_are_not_judged(string parameters, string result)
    {
        TestClient client = Server.Open("/rpc/lax");
        client.Say(Request("Join", parameters));
        Assert.Equal(Result(result), client.NextText());
        client.Say(Request("Join", "[true,1,1]"));
        Assert.Equal(Error(-32602, "Invalid params", "1", "\"'number' has the wrong type\""), client.NextText());
        client.Say(Request("Join", "[1,\"x\",1]"));
        Assert.Equal(Error(-32602, "Invalid params", "1", "\"'large' has the wrong type\""), client.NextText());
        Assert.Empty(Server.Log.Errors);
    }

    private static int CountThrown(Action action)
    {
        int thread = Environment.CurrentManagedThreadId;
        int count = 0;
        void OnThrown(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (Environment.CurrentManagedThreadId == thread) count++;
        }

        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        try
        {
            action();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        }

        return count;
    }
}
