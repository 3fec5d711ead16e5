using Microsoft.Extensions.Logging;

namespace WsAot.Tests.JsonRpc;

/// <summary>What the log says at debug of calls that are refused before their method runs.</summary>
public sealed class RefusedCallLogTests : RpcTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"none","id":1}""", "'none'", -32601, "there is no such method")]
    [InlineData("""{"jsonrpc":"2.0","method":"none"}""", "'none'", -32601, "there is no such method")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/none","id":1}""", "'$/none'", -32601, "there is no such method")]
    [InlineData("""{"jsonrpc":"2.0","method":"a\u000A\u001B","id":1}""", "'a\\x0A\\x1B'", -32601, "there is no such method")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1}""", "'sum'", -32602, "'c' is missing")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2]}""", "'sum'", -32602, "'c' is missing")]
    [InlineData("""{"jsonrpc":"2.0","method":1,"id":1}""", "'1'", -32600, "'method' must be a string")]
    [InlineData("""{"jsonrpc":"1.0","method":"sum","id":1}""", "'sum'", -32600, "'jsonrpc' must be")]
    [InlineData("[]", "''", -32600, "a batch must have at least one call")]
    [InlineData("{", "''", -32700, "not JSON at line 1")]
    public void It_names_the_method_the_code_and_the_reason(string message, string method, int code, string reason)
    {
        Client.Say(message);
        string line = Line();
        Assert.StartsWith($"Refused a JSON-RPC call of {method} on connection 1 with {code}: ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_cut()
    {
        Client.Say(Request(new string('x', 10_000)));
        Assert.InRange(Line().Length, 100, 200);
    }

    [Fact]
    public void Too_many_at_once_is_a_reason_too()
    {
        for (int i = 0; i < 32; i++) Client.Say(Request("Pass", "[1]", $"{i}"));
        Client.Say(Request("Pass", "[1]"));
        Assert.EndsWith("of 'Pass' on connection 1 with -32000: too many requests in flight.", Line(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_too_long_is_refused_in_one_line()
    {
        Client.Say($"[{string.Join(',', Enumerable.Repeat(Request("none"), 101))}]");
        Assert.EndsWith("of '' on connection 1 with -32600: a batch may have at most 100 calls.", Line(), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_are_answered_leave_no_line()
    {
        ExpectResult("sum", "[1,2,4]", "7");
        Assert.DoesNotContain(Server.Log.Entries, static entry => entry.Id == 42);
    }

    private string Line()
    {
        Harness.ListLog.Entry entry = Assert.Single(Server.Log.Entries, static entry => entry.Id == 42);
        Assert.Equal(LogLevel.Debug, entry.Level);
        return entry.Message;
    }
}
