using System.Globalization;
using WsAot.Protocol.Frames;
using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.Admin;

/// <summary>Publishing by the admin listener, and what it says of a link to other processes.</summary>
public sealed class PublishRequestTests
{
    private const string Token = "a-token-of-32-characters-is-good";

    [Theory]
    [InlineData("", """{"topic":"a","payload":"hello \u00e9\n"}""", "hello é\n")]
    [InlineData("", """{"payload":{"b" : [1, 2]}, "topic":"a"}""", """{"b" : [1, 2]}""")]
    [InlineData("", """{"topic":"a","payload":17}""", "17")]
    [InlineData("?topic=a", "as it is { ", "as it is { ")]
    [InlineData("?topic=%61", "", "")]
    public void A_message_reaches_the_subscribers(string query, string body, string text)
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/room/a");
        Response answer = Post(world, query, body);
        world.Server.Run();
        Assert.Equal((200, """{"epoch":0,"offset":0}"""), (answer.StatusCode, answer.Body));
        Assert.Equal(text, client.Texts());
    }

    [Fact]
    public void Binary_is_said_by_its_type()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/room/a");
        Assert.Equal(200, Post(world, "?topic=a", "x", "Content-Type: application/octet-stream").StatusCode);
        world.Server.Run();
        Frame frame = client.Next();
        Assert.Equal((Opcode.Binary, "x"), ((Opcode)frame.Opcode, frame.Utf8));
    }

    [Fact]
    public void The_answer_has_the_place_in_a_topic_with_history()
    {
        using var world = new AdminWorld(build: static builder => builder.Topics.Add("kept/{x}", new WsTopicOptions { History = 5 }));
        string first = Post(world, "?topic=kept/a", "1").Body;
        WsTopicPosition second = world.Server.Server.Context.Topics.Publish("kept/a", Opcode.Text, "2"u8);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{{\"epoch\":{second.Epoch},\"offset\":1}}"), first);
    }

    [Theory]
    [InlineData("", "", "The body is not JSON: ")]
    [InlineData("", "[]", "The body must be { ")]
    [InlineData("", """{"topic":"a"}""", "The body must be { ")]
    [InlineData("", """{"topic":1,"payload":""}""", "The body must be { ")]
    [InlineData("", """{"topic":"a","payload":"","x":1}""", "The body must be { ")]
    [InlineData("", """{"topic":"a","payload":""} x""", "The body is not JSON: ")]
    [InlineData("", """{"topic":"a","payload":"\ud83d"}""", "The body is not JSON: ")]
    public void What_is_no_message_is_refused(string query, string body, string error)
    {
        using var world = new AdminWorld();
        Response answer = Post(world, query, body);
        Assert.Equal(400, answer.StatusCode);
        Assert.StartsWith(error, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_know_the_token_publishes_nothing()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Token + "\n");
        using (var world = new AdminWorld(options => options.AdminTokenFile = file))
        {
            TestClient client = world.Server.Open("/room/a");
            Assert.Equal(401, Post(world, "?topic=a", "secret").StatusCode);
            Assert.Equal(200, Post(world, "?topic=a", "known", "Authorization: Bearer " + Token).StatusCode);
            world.Server.Run();
            Assert.Equal("known", client.Texts());
        }

        File.Delete(file);
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 503)]
    public void A_server_without_the_others_is_degraded_and_ready_or_not_as_it_is_set(bool isRequired, int status)
    {
        var backplane = new BrokenBackplane(isRequired);
        using var world = new AdminWorld(build: builder => builder.Backplane = backplane);
        Response answer = world.Get("/readyz");
        Assert.Equal((status, "degraded: nobody is there\n"), (answer.StatusCode, answer.Body));
        backplane.Problem = null;
        answer = world.Get("/readyz");
        Assert.Equal((200, "ready\n"), (answer.StatusCode, answer.Body));
    }

    private static Response Post(AdminWorld world, string query, string body, params string[] headers) => world.Send(
        $"POST /api/publish{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {body.Length}\r\n"
        + $"{string.Concat(headers.Select(static header => header + "\r\n"))}\r\n{body}");

    private sealed class BrokenBackplane(bool isRequired) : ITopicBackplane
    {
        public string? Problem { get; set; } = "nobody is there";

        public bool IsRequired => isRequired;

        public void OnFirstSubscribed(string topic)
        {
        }

        public void OnLastUnsubscribed(string topic)
        {
        }

        public void OnPublished(string topic, Opcode opcode, ReadOnlySpan<byte> payload)
        {
        }
    }
}
