using WsAot.Testing.Tests.Handlers;

namespace WsAot.Testing.Tests.Documentation;

public class ChatTests
{
    private static WsTestServer CreateServer() => WsTestServer.Create(WsRoutes.Table, builder =>
        builder.Services.Add<ITokens>(new FixedTokens()));

    [Fact]
    public async Task What_one_says_all_hear()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat/lobby", request => request.BearerToken = "ann-token");
        await using WsTestClient bob = await server.ConnectAsync("/chat/lobby", request => request.BearerToken = "bob-token");

        await ann.SendAsync("hi");

        Assert.Equal("ann: hi", await bob.ReceiveTextAsync());
        Assert.Equal("ann: hi", await ann.ReceiveTextAsync());
    }

    [Fact]
    public async Task Without_a_token_nobody_enters()
    {
        await using WsTestServer server = CreateServer();

        WsRefusal refused = await server.RefusedAsync("/chat/lobby");

        Assert.Equal(401, refused.StatusCode);
        Assert.Equal("Bearer", refused.GetHeader("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_late_message_comes_after_a_minute()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat/lobby", request => request.BearerToken = "ann-token");

        await ann.SendAsync("/later");
        Assert.False(ann.TryReceive(out _));

        server.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ann: /later", await ann.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_client_that_is_silent_is_dropped()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient ann = await server.ConnectAsync("/chat/lobby", request => request.BearerToken = "ann-token");
        ann.AnswersPings = false;

        server.Advance(TimeSpan.FromMinutes(1));

        WsClose close = await ann.ReceiveCloseAsync();
        Assert.Equal(1006, close.Code);
    }

    [Fact]
    public async Task A_client_that_does_not_read_misses_messages()
    {
        await using WsTestServer server = WsTestServer.Create(WsRoutes.Table, builder =>
        {
            builder.Services.Add<ITokens>(new FixedTokens());
            builder.Options.MaxPendingOutputBytes = 1000;
        });
        await using WsTestClient ann = await server.ConnectAsync("/chat/lobby", request => request.BearerToken = "ann-token");
        await using WsTestClient bob = await server.ConnectAsync("/chat/lobby", request =>
        {
            request.BearerToken = "bob-token";
            request.WindowBytes = 1000;      // what the network between them holds
        });

        bob.StopReading();
        for (int i = 0; i < 100; i++) await ann.SendAsync(new string('x', 100));
        bob.ResumeReading();

        int heard = 0;
        while (bob.TryReceive(out _)) heard++;
        Assert.InRange(heard, 10, 30);
        Assert.Contains(server.Log, line => line.EventId.Name == "MessageDropped");
    }

    [Fact]
    public async Task Calls_are_answered()
    {
        await using WsTestServer server = CreateServer();
        server.Json = RpcJson.Default.Options;           // the context of your handler
        await using WsTestClient ann = await server.ConnectAsync("/rpc");

        Assert.Equal(6, await ann.CallAsync<int>("Sum", [1, 2, 3]));
        await Assert.ThrowsAsync<JsonRpcException>(() => ann.CallAsync("Refuse"));

        await ann.CallAsync("Say", ["hello"]);
        WsTestNotification welcome = await ann.ReceiveNotificationAsync("Said");
        WsTestNotification said = await ann.ReceiveNotificationAsync("Said");
        Assert.Equal("welcome", welcome.GetArgument<string>(1));
        Assert.Equal("hello", said.GetArgument<string>(1));

        ann.OnCall("AskName", () => "ann");              // what the server asks the client
        Assert.Equal("hello ann", await ann.CallAsync<string>("Greet"));

        var items = new List<int>();
        await foreach (int item in ann.StreamAsync<int>("Count", [3])) items.Add(item);
        Assert.Equal([1, 2, 3], items);
    }

    [Fact]
    public async Task A_failing_handler_is_seen()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient client = await server.ConnectAsync("/echo");

        await client.SendAsync("fail");

        Assert.Equal(1011, (await client.ReceiveCloseAsync()).Code);
        Assert.IsType<InvalidOperationException>(Assert.Single(server.TakeExceptions()));
    }
}
