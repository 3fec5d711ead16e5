namespace WsAot.Tests.JsonRpc;

/// <summary>A message that is no call is answered with what is wrong with it.</summary>
public sealed class ReasonTests : RpcTests
{
    [Theory]
    [InlineData("7", "a call must be an object")]
    [InlineData("""{"jsonrpc":"2.0","jsonrpc":"2.0","method":"sum"}""", "a member appears twice")]
    [InlineData("""{"jsonrpc":2.0,"method":"sum"}""", "'jsonrpc' must be '2.0'")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","id":{}}""", "'id' must be a string, a number or null")]
    [InlineData("""{"jsonrpc":"2.0","method":7}""", "'method' must be a string")]
    [InlineData("""{"jsonrpc":"2.0","method":"\ud800"}""", "'method' is not Unicode text")]
    [InlineData(
        """{"jsonrpc":"2.0","method":"sum","params":null}""",
        "'params' must be an array or an object; without parameters leave it out")]
    [InlineData(
        """{"jsonrpc":"2.0","method":"sum","params":"x"}""",
        "'params' must be an array or an object; without parameters leave it out")]
    [InlineData("[]", "a batch must have at least one call")]
    public void What_is_no_call_is_refused_with_the_reason(string message, string reason)
    {
        Client.Say(message);
        Assert.Equal(Error(-32600, "Invalid Request", "null", $"\"{reason}\""), Client.NextText());
    }

    [Theory]
    [InlineData("{", "not JSON at line 1, byte 2")]
    [InlineData("{\n  \"a\": x}", "not JSON at line 2, byte 8")]
    [InlineData("{\"\\ud800\":1}", "a member's name is not Unicode text")]
    public void What_is_no_JSON_is_refused_with_the_place(string message, string reason)
    {
        Client.Say(message);
        Assert.Equal(Error(-32700, "Parse error", "null", $"\"{reason}\""), Client.NextText());
    }
}
