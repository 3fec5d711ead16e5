namespace WsAot.Tests.JsonRpc;

/// <summary>What a message may look like, and what it is answered if it does not.</summary>
public sealed class MessageTests() : RpcTests(static options => options.MaxMessageBytes = 2 * 1024 * 1024)
{
    private const string Invalid = """{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null}""";
    private const string Unparsable = """{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}""";

    [Theory]
    [InlineData("1")]
    [InlineData("-7")]
    [InlineData("1.0")]
    [InlineData("-0")]
    [InlineData("1.5E+2")]
    [InlineData("1e400")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"a\\u0062\\\"\\n\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"caf\u00e9\"")]
    public void An_id_comes_back_byte_for_byte(string id) => Expect(Request("sum", "[1,2,4]", id), Result("7", id));

    [Fact]
    public void An_id_may_be_as_long_as_the_message()
    {
        string id = '"' + new string('x', 1_000_000) + '"';
        Expect(Request("sum", "[1,2,4]", id), Result("7", id));
        Expect(Request("none", "[]", id), Error(-32601, "Method not found", id));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void An_id_of_another_type_is_not_answered_with(string id) => Expect(Request("sum", "[1,2,4]", id), Invalid);

    [Fact]
    public void Members_may_come_in_any_order_and_among_others() => Expect(
        """{"id":5,"x":{"method":"no","id":6},"params":{"c":4,"a":1,"b":2},"method":"sum","y":[[1]],"jsonrpc":"2.0"}""",
        Result("7", "5"));

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":2,"method":"none"}""")]
    [InlineData("""{"jsonrpc":"2.0","jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":2}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"p\u0061rams":[1,2,3],"id":2}""")]
    public void A_member_that_comes_twice_makes_the_request_invalid(string message) =>
        Expect(message, Error(-32600, "Invalid Request", "2"));

    [Theory]
    [InlineData("1", "2")]
    [InlineData("2", "2")]
    [InlineData("null", "2")]
    [InlineData("2", "null")]
    [InlineData("{}", "2")]
    [InlineData("2", "true")]
    public void An_id_that_comes_twice_is_none_to_answer_with(string first, string second)
    {
        string message = $$"""{"id":{{first}},"jsonrpc":"2.0","method":"sum","params":[1,2,4],"\u0069d":{{second}}}""";
        Expect(message, Invalid);
        Expect($"[{message},{Request("sum", "[1,2,4]")}]", $"[{Invalid},{Result("7")}]");
    }

    [Fact]
    public void The_version_may_be_written_with_escapes_too()
    {
        Expect("""{"jsonrpc":"\u0032.0","method":"sum","params":[1,2,4],"id":1}""", Result("7"));
        Expect("""{"jsonrpc":"\ud800","method":"sum","params":[1,2,4],"id":1}""", Error(-32600, "Invalid Request", "1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\\u0063")]
    public void The_name_of_a_method_may_be_as_long_as_the_message(string start)
    {
        string name = start + new string('x', 1_000_000);
        Expect(Request(name), Error(-32601, "Method not found", "1"));
        Expect(Notification(name), "");
    }

    [Theory]
    [InlineData("none", "[]")]
    [InlineData("rpc.discover", "[]")]
    [InlineData("sum", "[1,2]")]
    [InlineData("sum", "[1,2,3,4]")]
    [InlineData("sum", """{"a":1,"b":2,"x":3}""")]
    [InlineData("sum", """["1",2,3]""")]
    [InlineData("Echo", "[null]")]
    [InlineData("Break", "[]")]
    public void A_notification_is_not_answered_whatever_is_wrong_with_it(string method, string parameters)
    {
        Expect(Notification(method, parameters), "");
        Expect($"[{Notification(method, parameters)}]", "");
    }

    [Theory]
    [InlineData("""{"method":"sum","params":[1,2,4],"id":1}""")]
    [InlineData("""{"jsonrpc":"1.0","method":"sum","params":[1,2,4],"id":1}""")]
    [InlineData("""{"jsonrpc":2.0,"method":"sum","params":[1,2,4],"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":null,"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":null,"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":7,"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"\ud800","id":1}""")]
    public void What_is_wrong_with_a_request_is_said_with_its_id(string message) => Expect(message, Error(-32600, "Invalid Request", "1"));

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"sum\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_no_request_is_answered_with_null_as_id(string message) => Expect(message, Invalid);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("[]]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// a comment\n{}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("\ufeff{}")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_not_JSON_is_a_parse_error(string message) => Expect(message, Unparsable);

    [Fact]
    public void Depth_is_bounded()
    {
        Expect(Request("none", new string('[', 63) + new string(']', 63)), Error(-32601, "Method not found", "1"));
        Expect(Request("none", new string('[', 64) + new string(']', 64)), Unparsable);
        Expect(new string('[', 1024 * 1024), Unparsable);
        Expect(string.Concat(Enumerable.Repeat("{\"a\":", 200_000)), Unparsable);
    }

    [Fact]
    public void A_name_may_be_written_with_escapes()
    {
        ExpectResult("s\\u0075m", "[1,2,4]", "7");
        ExpectResult("sum", """{"\u0061":1,"b":2,"c":4}""", "7");
        Expect("""{"json\u0072pc":"2.0","m\u0065thod":"sum","params":[1,2,4],"\u0069d":1}""", Result("7"));
        ExpectError("s\\u0075m2", "[]", -32601, "Method not found");
    }

    [Theory]
    [InlineData("rpc.discover")]
    [InlineData("$/progress")]
    [InlineData("$/cancelRequest")]
    [InlineData("Sum")]
    [InlineData("")]
    public void A_request_for_what_is_reserved_or_unknown_is_refused(string method) =>
        ExpectError(method, "[]", -32601, "Method not found");

    [Theory]
    [InlineData("$/progress")]
    [InlineData("$/setTrace")]
    [InlineData("$/")]
    public void Reserved_notifications_are_ignored(string method) => Expect(Notification(method), "");

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","result":1,"id":99}""")]
    [InlineData("""{"jsonrpc":"2.0","result":1,"id":"x"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null}""")]
    [InlineData("""{"error":1}""")]
    [InlineData("""[{"jsonrpc":"2.0","result":1,"id":99},{"jsonrpc":"2.0","result":1,"id":99}]""")]
    public void Responses_to_nothing_are_ignored(string message) => Expect(message, "");

    [Fact]
    public void What_is_both_is_a_request() => Expect(
        """{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":1,"result":5,"error":null}""", Result("7"));

    [Fact]
    public void Binary_messages_are_not_accepted()
    {
        Client.SendRaw(Harness.Frame.Binary([1]));
        Client.ExpectClose(1003);
    }
}
