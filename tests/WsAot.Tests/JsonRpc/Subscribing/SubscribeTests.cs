using System.Text.Json.Nodes;
using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.JsonRpc.Subscribing;

/// <summary>What a client hears that subscribes with <c>$/subscribe</c>, byte for byte (docs/reference/topics.md).</summary>
public sealed class SubscribeTests : IDisposable
{
    private const string SinceProblem = "'since' must be \\\"now\\\" or an object with the integers 'epoch' and 'offset'";

    private readonly TestServer _server = new(loops: 2);
    private readonly TestClient _client;
    private int _ids;

    public SubscribeTests() => _client = _server.Open("/rooms");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_was_said_comes_after_the_answer_and_then_what_is_new()
    {
        Say("lobby", "one");
        Say("lobby", "two");
        (long epoch, long offset, bool isRecovered) = Subscribe("""{"topic":"room/lobby"}""");
        Assert.Equal((0L, true), (offset, isRecovered));
        Assert.InRange(epoch, 1, 1L << 53);
        Say("lobby", "three");
        Assert.Equal(
            """
            {"jsonrpc":"2.0","method":"Said","params":["ann","one"],"topic":"room/lobby","offset":1,"before":0}
            {"jsonrpc":"2.0","method":"Said","params":["ann","two"],"topic":"room/lobby","offset":2,"before":1}
            {"jsonrpc":"2.0","method":"Said","params":["ann","three"],"topic":"room/lobby","offset":3,"before":2}
            """,
            Lines());
    }

    [Fact]
    public void Who_publishes_can_hear_where_the_message_is()
    {
        Subscribe("""{"topic":"note/a"}""");
        _client.Say("""{"jsonrpc":"2.0","id":7,"method":"Place","params":["a","x"]}""");
        Assert.Equal(
            """
            {"jsonrpc":"2.0","method":"Written","params":["x"],"topic":"note/a","offset":1,"before":0}
            {"jsonrpc":"2.0","method":"Placed","params":["x"],"topic":"note/a","offset":2,"before":1}
            {"jsonrpc":"2.0","method":"$/skip","topic":"note/a","offset":3,"before":2}
            {"jsonrpc":"2.0","method":"Placed","params":["to you"]}
            {"jsonrpc":"2.0","result":21,"id":7}
            """,
            Lines());
    }

    [Fact]
    public void Who_comes_back_says_what_it_has_and_gets_the_rest()
    {
        for (int i = 1; i <= 3; i++) Say("lobby", $"{i}");
        (long epoch, _, _) = Subscribe("""{"topic":"room/lobby","since":"now"}""");
        Assert.Equal("", Lines());
        (_, long offset, bool isRecovered) = Subscribe($$$"""{"topic":"room/lobby","since":{"epoch":{{{epoch}}},"offset":1}}""");
        Assert.Equal((1L, true), (offset, isRecovered));
        Assert.Equal("2 3", Texts());
        for (int i = 4; i <= 20; i++) Say("lobby", $"{i}");
        Assert.Equal("4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", Texts());
        (_, offset, isRecovered) = Subscribe($$$"""{"topic":"room/lobby","since":{"epoch":{{{epoch}}},"offset":3}}""");
        Assert.Equal((15L, false), (offset, isRecovered));
        Assert.Equal("16 17 18 19 20", Texts());
        (_, _, isRecovered) = Subscribe($$$"""{"topic":"room/lobby","since":{"epoch":{{{epoch ^ 1}}},"offset":19}}""");
        Assert.False(isRecovered);
        Assert.Equal("16 17 18 19 20", Texts());
    }

    [Fact]
    public void A_topic_without_history_tells_its_name_only()
    {
        (long epoch, long offset, bool isRecovered) = Subscribe("""{"topic":"tick/7","since":null}""");
        Assert.Equal((0L, 0L, true), (epoch, offset, isRecovered));
        _client.Say("""{"jsonrpc":"2.0","method":"Tick","params":[7,42]}""");
        Assert.Equal("""{"jsonrpc":"2.0","method":"Value","params":[42],"topic":"tick/7"}""", Lines());
        Assert.False(Subscribe("""{"topic":"tick/7","since":{"epoch":3,"offset":9}}""").IsRecovered);
        // The place that the server has named: nobody knows what came after it.
        Assert.False(Subscribe("""{"topic":"tick/7","since":{"epoch":0,"offset":0}}""").IsRecovered);
    }

    [Fact]
    public void Who_no_longer_subscribes_hears_nothing()
    {
        Subscribe("""{"topic":"room/lobby"}""");
        Expect("$/unsubscribe", """{"topic":"room/lobby"}""", "null");
        Expect("$/unsubscribe", """{"topic":"room/other"}""", "null");
        Say("lobby", "one");
        _client.ExpectNothing();
        Assert.Equal(0, _server.Server.GetSubscriberCount("room/lobby"));
        ExpectError("$/unsubscribe", "{}", -32602, "Invalid params", "\"'topic' must be a string of 1 to 255 characters\"");
    }

    [Fact]
    public void The_sender_may_be_left_out_and_is_told_the_place_of_its_message()
    {
        Subscribe("""{"topic":"room/lobby"}""");
        _client.Say("""{"jsonrpc":"2.0","method":"Whisper","params":["lobby","psst"]}""");
        Say("lobby", "aloud");
        Assert.Equal(
            """
            {"jsonrpc":"2.0","method":"$/skip","topic":"room/lobby","offset":1,"before":0}
            {"jsonrpc":"2.0","method":"Said","params":["ann","aloud"],"topic":"room/lobby","offset":2,"before":1}
            """,
            Lines());
    }

    [Theory]
    [InlineData("room/")]
    [InlineData("room/a/b")]
    [InlineData("tick/seven")]
    [InlineData("other")]
    [InlineData("(all)")]
    public void What_no_template_matches_is_unknown(string topic) =>
        ExpectError("$/subscribe", $$"""{"topic":"{{topic}}"}""", -32001, "Unknown topic");

    [Theory]
    [InlineData("[\"room/lobby\"]", "the parameters must be by name")]
    [InlineData("{}", "'topic' must be a string of 1 to 255 characters")]
    [InlineData("{\"topic\":\"\"}", "'topic' must be a string of 1 to 255 characters")]
    [InlineData("{\"topic\":\"\\ud800\"}", "'topic' must be a string of 1 to 255 characters")]
    [InlineData("{\"topic\":7}", "'topic' must be a string of 1 to 255 characters")]
    [InlineData("{\"topic\":\"room/a\",\"since\":7}", SinceProblem)]
    [InlineData("{\"topic\":\"room/a\",\"since\":{\"epoch\":1}}", SinceProblem)]
    [InlineData("{\"topic\":\"room/a\",\"since\":{\"epoch\":1,\"offset\":-1}}", SinceProblem)]
    [InlineData("{\"topic\":\"room/a\",\"since\":{\"epoch\":1,\"offset\":9007199254740992}}", SinceProblem)]
    [InlineData("{\"topic\":\"room/a\",\"presence\":1}", "'presence' must be true or false")]
    [InlineData("{\"topic\":\"tick/1\",\"presence\":true}", "this topic has no presence")]
    public void Wrong_parameters_are_named(string parameters, string problem) =>
        ExpectError("$/subscribe", parameters, -32602, "Invalid params", $"\"{problem}\"");

    [Fact]
    public void The_application_is_asked_and_may_refuse()
    {
        var answer = new TaskCompletionSource<bool>();
        _server.Script.MayHear = room => room == "slow" ? new ValueTask<bool>(answer.Task) : new ValueTask<bool>(room != "secret");
        ExpectError("$/subscribe", """{"topic":"room/secret"}""", -32002, "Subscription refused");
        _client.Say("""{"jsonrpc":"2.0","method":"$/subscribe","params":{"topic":"room/slow"},"id":"a"}""");
        _client.ExpectNothing();
        Assert.Equal(0, _server.Server.GetSubscriberCount("room/slow"));
        answer.SetResult(true);
        _server.Run();
        Assert.Contains("\"recovered\":true", Lines(), StringComparison.Ordinal);
        Assert.Equal(1, _server.Server.GetSubscriberCount("room/slow"));
        // Who may hear it no longer, is asked again only when it asks again.
        _server.Script.MayHear = static _ => new ValueTask<bool>(false);
        ExpectError("$/subscribe", """{"topic":"room/slow"}""", -32002, "Subscription refused");
        Assert.Equal(0, _server.Server.GetSubscriberCount("room/slow"));
    }

    [Fact]
    public void What_the_application_throws_is_answered_like_that_of_a_call()
    {
        _server.Script.MayHear = static room =>
            throw (room == "paid" ? new JsonRpcException(402, "Pay first") : new InvalidOperationException());
        ExpectError("$/subscribe", """{"topic":"room/paid"}""", 402, "Pay first");
        ExpectError("$/subscribe", """{"topic":"room/broken"}""", -32603, "Internal error");
        Assert.Single(_server.Log.Errors);
    }

    [Fact]
    public void A_topic_whose_question_failed_later_does_not_count_against_the_limit()
    {
        for (int i = 0; i < 4; i++)
        {
            var answer = new TaskCompletionSource<bool>();
            _server.Script.MayHear = _ => new ValueTask<bool>(answer.Task);
            _client.Say($$"""{"jsonrpc":"2.0","method":"$/subscribe","params":{"topic":"room/{{i}}"},"id":1}""");
            answer.SetException(new JsonRpcException(402, "Pay first"));
            _server.Run();
            Assert.Contains("402", Lines(), StringComparison.Ordinal);
        }

        _server.Script.MayHear = null;
        Subscribe("""{"topic":"room/a"}""");
    }

    [Theory]
    [InlineData("$/unsubscribe")]
    [InlineData("$/subscribe")]
    public void A_later_request_takes_the_place_of_one_that_the_application_thinks_about(string method)
    {
        var answer = new TaskCompletionSource<bool>();
        _server.Script.MayHear = _ => new ValueTask<bool>(answer.Task);
        _client.Say("""{"jsonrpc":"2.0","method":"$/subscribe","params":{"topic":"room/slow"},"id":"a"}""");
        _server.Script.MayHear = null;
        _client.Say($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{"topic":"room/slow"},"id":"b"}""");
        Assert.Contains("\"id\":\"b\"", Lines(), StringComparison.Ordinal);
        answer.SetResult(true);
        _server.Run();
        Assert.Contains("""{"code":-32800,"message":"Request cancelled"},"id":"a"}""", Lines(), StringComparison.Ordinal);
        Assert.Equal(method == "$/subscribe" ? 1 : 0, _server.Server.GetSubscriberCount("room/slow"));
    }

    [Fact]
    public void So_many_topics_and_no_more()
    {
        foreach (string topic in (string[])["room/a", "room/b", "tick/1"]) Subscribe($$"""{"topic":"{{topic}}"}""");
        ExpectError("$/subscribe", """{"topic":"room/c"}""", -32003, "Too many topics");
        Subscribe("""{"topic":"room/a"}""");
        Expect("$/unsubscribe", """{"topic":"room/b"}""", "null");
        Subscribe("""{"topic":"room/c"}""");
    }

    [Fact]
    public void Who_subscribes_too_often_hears_when_it_may()
    {
        // The rate of the route is the default of 32 and its three topics at once.
        for (int i = 0; i < 35; i++) Subscribe("""{"topic":"tick/1"}""");
        ExpectError("$/subscribe", """{"topic":"tick/1"}""", -32004, "Too many subscriptions per second", """{"retryAfterMs":32}""");
        _server.Time.Advance(32);
        Subscribe("""{"topic":"tick/1"}""");
    }

    [Fact]
    public void The_proxy_that_the_application_gets_is_the_topic()
    {
        Subscribe("""{"topic":"room/greeting"}""");
        Assert.Contains("somebody asks", Lines(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_ends_leaves_its_topics()
    {
        Subscribe("""{"topic":"room/lobby","presence":true}""");
        _client.Reset();
        _server.Run();
        Assert.Equal(0, _server.Server.GetSubscriberCount("room/lobby"));
        Assert.Empty(_server.Server.GetPresent("room/lobby"));
    }

    [Fact]
    public void Who_hears_a_topic_that_its_store_has_lost_is_told_and_may_ask_again()
    {
        Subscribe("""{"topic":"room/lobby","presence":true}""");
        Lines();
        var topic = (KeptTopic)_server.Server.Context.Topics.Join("room/lobby", 0);
        topic.Lose();
        topic.Leave(0);
        _server.Run();
        Assert.Equal(Unsubscribed(-32007, "Topic lost"), Lines());
        Assert.Equal(0, _server.Server.GetSubscriberCount("room/lobby"));
        Say("lobby", "one");
        _client.ExpectNothing();
        Subscribe("""{"topic":"room/lobby"}""");
        Assert.Equal("one", Texts());
    }

    [Fact]
    public void Whom_the_application_lets_hear_no_more_is_told()
    {
        Subscribe("""{"topic":"room/lobby","presence":true}""");
        Lines();
        _server.Server.GetConnections().Single().Unsubscribe("room/lobby");
        _server.Run();
        Assert.Equal(Unsubscribed(-32002, "Subscription refused"), Lines());
        _server.Open("/rooms");
        _server.Time.Advance(100);
        _server.Run();
        _client.ExpectNothing();
        Expect("$/unsubscribe", """{"topic":"room/lobby"}""", "null");
    }

    [Fact]
    public void What_others_publish_by_hand_gets_its_place_too()
    {
        Subscribe("""{"topic":"room/lobby"}""");
        _server.Server.Publish("room/lobby", """ {"jsonrpc":"2.0","method":"Said","params":["x","y"]} """);
        Assert.Throws<ArgumentException>(() => _server.Server.Publish("room/lobby", "no object"));
        Assert.Throws<ArgumentException>(() => _server.Server.PublishBinary("room/lobby", "{\"a\":1}"u8));
        Assert.Throws<ArgumentException>(() => _server.Server.Publish("tick/1", "[1]"));
        Assert.Throws<ArgumentException>(() => _server.Server.Publish("tick/1", "{ }"));
        Assert.Throws<ArgumentException>(() => _server.Server.Publish("tick/1", "{no json}"));
        // By a backplane anything can come. Clients are told its place, and that there is nothing for them.
        _server.Server.Context.Topics.DeliverFromBackplane("room/lobby", WsAot.Protocol.Frames.Opcode.Text, "no object"u8);
        _server.Run();
        Assert.Equal(
            """
            {"jsonrpc":"2.0","method":"Said","params":["x","y"],"topic":"room/lobby","offset":1,"before":0}
            {"jsonrpc":"2.0","method":"$/skip","topic":"room/lobby","offset":2,"before":1}
            """,
            Lines());
    }

    [Fact]
    public void It_cannot_be_part_of_a_batch_since_the_answer_would_come_behind_the_messages()
    {
        _client.Say(
            """
            [{"jsonrpc":"2.0","method":"$/subscribe","params":{"topic":"room/lobby"},"id":1},
             {"jsonrpc":"2.0","method":"$/unsubscribe","params":{"topic":"room/lobby"},"id":2}]
            """);
        Assert.Equal(
            """[{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":"a subscription cannot be part of a batch"}"""
            + ""","id":1},{"jsonrpc":"2.0","result":null,"id":2}]""",
            _client.NextText());
        Assert.Equal(0, _server.Server.GetSubscriberCount("room/lobby"));
    }

    private static string Unsubscribed(int code, string message) =>
        $$$"""{"jsonrpc":"2.0","method":"$/unsubscribed","params":{"topic":"room/lobby","code":{{{code}}},"message":"{{{message}}}"}}""";

    private void Say(string room, string text) =>
        _client.Say($$"""{"jsonrpc":"2.0","method":"Say","params":["{{room}}","{{text}}"]}""");

    private string Lines() => string.Join('\n', _client.Drain().Select(static frame => frame.Utf8));

    private string Texts() => string.Join(' ', _client.Drain().Select(static frame => JsonNode.Parse(frame.Utf8)!["params"]![1]));

    private (long Epoch, long Offset, bool IsRecovered) Subscribe(string parameters)
    {
        _client.Say($$"""{"jsonrpc":"2.0","method":"$/subscribe","params":{{parameters}},"id":{{++_ids}}}""");
        JsonNode answer = JsonNode.Parse(_client.NextText())!;
        Assert.Equal(_ids, (int)answer["id"]!);
        JsonNode result = answer["result"]!;
        return ((long)result["epoch"]!, (long)result["offset"]!, (bool)result["recovered"]!);
    }

    private void Expect(string method, string parameters, string result)
    {
        _client.Say($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}},"id":0}""");
        Assert.Equal($$"""{"jsonrpc":"2.0","result":{{result}},"id":0}""", _client.NextText());
    }

    private void ExpectError(string method, string parameters, int code, string message, string? data = null)
    {
        string member = data is null ? "" : ",\"data\":" + data;
        _client.Say($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}},"id":0}""");
        Assert.Equal(
            $$"""{"jsonrpc":"2.0","error":{"code":{{code}},"message":"{{message}}"{{member}}},"id":0}""", _client.NextText());
    }
}
