namespace WsAot.Tests.JsonRpc;

public sealed class ParameterTests : RpcTests
{
    [Theory]
    [InlineData("[1]", "1 b null 4")]
    [InlineData("[1,\"x\"]", "1 x null 4")]
    [InlineData("[1,\"x\",3,5]", "1 x 3 5")]
    [InlineData("{\"a\":1}", "1 b null 4")]
    [InlineData("{\"d\":9,\"a\":1,\"c\":null}", "1 b null 9")]
    public void What_has_a_default_may_be_left_out(string parameters, string result) =>
        ExpectResult("Defaults", parameters, $"\"{result}\"");

    [Theory]
    [InlineData("[]", "'minuend' is missing")]
    [InlineData("[1]", "'subtrahend' is missing")]
    [InlineData("[1,2,3]", "the method has only 2 parameters")]
    [InlineData("{\"subtrahend\":1}", "'minuend' is missing")]
    [InlineData("{\"minuend\":1,\"subtrahend\":1,\"x\":1}", "there is no parameter 'x'")]
    [InlineData("{\"minuend\":1,\"min\\u0075end\":1}", "'minuend' appears twice")]
    [InlineData("{\"Minuend\":1}", "there is no parameter 'Minuend'")]
    [InlineData("{\"\\ud800\":1}", "a name is not Unicode text")]
    [InlineData("[\"1\",2]", "'minuend' has the wrong type")]
    [InlineData("[1,null]", "'subtrahend' has the wrong type")]
    [InlineData("[1,{}]", "'subtrahend' has the wrong type")]
    [InlineData("[1,1.5]", "'subtrahend' has the wrong type")]
    [InlineData("[1,2147483648]", "'subtrahend' has the wrong type")]
    [InlineData("[1,1e400]", "'subtrahend' has the wrong type")]
    public void What_does_not_fit_is_named(string parameters, string problem) =>
        ExpectError("subtract", parameters, -32602, "Invalid params", $"\"{problem}\"");

    [Fact]
    public void Of_an_unknown_name_little_comes_back() =>
        ExpectError(
            "Echo",
            $$"""{"{{new string('<', 10_000)}}":1}""",
            -32602,
            "Invalid params",
            $"\"there is no parameter '{new string('<', 64)}...'\"");

    [Fact]
    public void Of_an_unknown_name_no_half_of_a_character_comes_back()
    {
        string start = new('x', 63);
        ExpectError("Echo", $$"""{"{{start}}\ud83d\ude00":1}""", -32602, "Invalid params", $"\"there is no parameter '{start}...'\"");
        Assert.Empty(Server.Log.Errors);
    }

    [Theory]
    [InlineData("Mirror", """[{"\ud800":1}]""", "point", "")]
    [InlineData("Map", """[{"\ud800":1}]""", "map", "")]
    [InlineData("Map", """[{"a":1e400}]""", "map", " at $.a")]
    [InlineData("Map", """[[]]""", "map", "")]
    public void What_is_no_text_within_a_value_is_the_callers_mistake(string method, string parameters, string name, string place)
    {
        ExpectError(method, parameters, -32602, "Invalid params", $"\"'{name}' has the wrong type{place}\"");
        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void Which_of_several_types_it_is_must_be_said()
    {
        ExpectResult("Draw", """[{"$type":"square","side":2}]""", """{"$type":"square","side":2}""");
        foreach (string shape in new[] { "{}", """{"side":2}""", """{"$type":"circle"}""" })
        {
            ExpectError("Draw", $"[{shape}]", -32602, "Invalid params", "\"'shape' has the wrong type\"");
        }

        Assert.Empty(Server.Log.Errors);
    }

    [Fact]
    public void A_method_without_parameters_takes_none_and_one_with_one_no_more()
    {
        ExpectResult("Answer", "[]", "\"answer\"");
        ExpectResult("Answer", "{}", "\"answer\"");
        Expect("""{"jsonrpc":"2.0","method":"Answer","id":1}""", Result("\"answer\""));
        ExpectError("Answer", "[1]", -32602, "Invalid params", "\"the method has no parameters\"");
        ExpectError("Echo", "[\"\",1]", -32602, "Invalid params", "\"the method has only 1 parameter\"");
    }

    [Fact]
    public void Objects_are_read_and_written_as_the_context_says()
    {
        ExpectResult("Mirror", """[{"x":1,"y":2}]""", """{"x":-1,"y":-2}""");
        ExpectResult("Mirror", """{"point":null}""", "null");
        ExpectError("Mirror", """[{"x":"1"}]""", -32602, "Invalid params", "\"'point' has the wrong type at $.x\"");
        ExpectError("Echo", "[null]", -32602, "Invalid params", "\"'text' is null\"");
    }

    [Fact]
    public void Text_is_sent_as_it_is()
    {
        ExpectResult("Echo", "[\"caf\u00e9 <&'> \\u00e9 \\u4e2d \ud83d\ude00\"]", "\"caf\u00e9 <&'> \u00e9 \u4e2d \\uD83D\\uDE00\"");
        ExpectError("Echo", "[\"\\ud800\"]", -32602, "Invalid params", "\"'text' has the wrong type\"");
    }

    [Fact]
    public void What_the_users_own_converter_refuses_is_the_callers_mistake_and_what_else_it_throws_is_not()
    {
        ExpectResult("Pick", "[\"x\"]", "\"x\"");
        ExpectError("Pick", "[\"json\"]", -32602, "Invalid params", "\"'picky' has the wrong type\"");
        Assert.Empty(Server.Log.Errors);
        ExpectError("Pick", "[\"bug\"]", -32603, "Internal error");
        Assert.Single(Server.Log.Errors);
    }
}
