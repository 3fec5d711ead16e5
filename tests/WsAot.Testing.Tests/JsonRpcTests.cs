using WsAot.Testing.Tests.Handlers;

namespace WsAot.Testing.Tests;

public class JsonRpcTests
{
    [Fact]
    public async Task A_call_has_a_result()
    {
        await using WsTestServer server = Servers.Create();
        server.Json = RpcJson.Default.Options;
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        Assert.Equal(6, await client.CallAsync<int>("Sum", [1, 2, 3]));
        Assert.Equal(3, await client.CallByNameAsync<int>("Sum", new { second = 1, first = 2 }));
        Assert.Equal(new Point(3, 2), await client.CallAsync<Point>("Move", [new Point(1, 2), 2]));
        Assert.Equal(new Point(3, 2), await client.CallAsync("Move", [new Point(1, 2), 2], RpcJson.Default.Point));
    }

    [Fact]
    public async Task An_error_is_an_exception_with_its_code()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        JsonRpcException refused = await Assert.ThrowsAsync<JsonRpcException>(() => client.CallAsync("Refuse"));
        Assert.Equal((42, "not today"), (refused.Code, refused.Message));
        JsonRpcException wrong = await Assert.ThrowsAsync<JsonRpcException>(() => client.CallAsync<int>("Sum", ["one"]));
        Assert.Equal(-32602, wrong.Code);
        Assert.False(wrong.DataUtf8.IsEmpty);
    }

    [Fact]
    public async Task Notifications_are_read_in_order_also_those_that_came_before()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        await client.NotifyAsync("Say", ["hello"]);
        WsTestNotification welcome = await client.ReceiveNotificationAsync("Said");
        Assert.Equal(("server", "welcome"), (welcome.GetArgument<string>(0), welcome.GetArgument<string>(1)));
        WsTestException other = await Assert.ThrowsAsync<WsTestException>(() => client.ReceiveNotificationAsync("Left"));
        Assert.Contains("Notification: Said[\"you\",\"hello\"]", other.Message, StringComparison.Ordinal);
        Assert.Equal("hello", (await client.ReceiveNotificationAsync()).GetArgument<string>(1));
        await Assert.ThrowsAsync<WsTestException>(() => client.ReceiveNotificationAsync());
        Assert.False(client.TryReceiveNotification(out _));
        await client.NotifyAsync("Say", ["again"]);
        Assert.True(client.TryReceiveNotification(out WsTestNotification? again));
        Assert.Equal("again", again.GetArgument<string>(1));
        Assert.False(client.TryReceiveNotification(out _));
    }

    [Fact]
    public async Task What_the_server_asks_is_answered_by_the_test()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        client.OnCall("AskName", (string greeting) => $"{greeting} ann");
        Assert.Equal("hello hi ann", await client.CallAsync<string>("Greet"));
        client.OnCall("AskName", () => "bob");
        Assert.Equal("hello bob", await client.CallAsync<string>("Greet"));
    }

    [Fact]
    public async Task What_the_server_asks_can_be_answered_by_hand_or_not_at_all()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        Task<string> greeting = client.CallAsync<string>("Greet");
        WsTestCall call = await client.ReceiveCallAsync("AskName");
        Assert.Equal("hi", call.GetArgument<string>(0));
        await call.AnswerAsync("carol");
        Assert.Equal("hello carol", await greeting);

        greeting = client.CallAsync<string>("Greet");
        await (await client.ReceiveCallAsync()).FailAsync(7, "no name");
        Assert.Equal(-32603, (await Assert.ThrowsAsync<JsonRpcException>(() => greeting)).Code);

        greeting = client.CallAsync<string>("Greet");
        server.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(-32603, (await Assert.ThrowsAsync<JsonRpcException>(() => greeting)).Code);
    }

    [Fact]
    public async Task A_call_that_waits_for_the_clock_ends_when_time_has_passed()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        Task<string> waiting = client.CallAsync<string>("Wait", [5]);
        Assert.False(waiting.IsCompleted);
        server.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("waited", await waiting);
    }

    [Fact]
    public async Task A_call_is_cancelled()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        using var source = new CancellationTokenSource();
        Task<string> waiting = client.CallAsync<string>("Wait", [5], source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_stream_has_items()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        var items = new List<int>();
        await foreach (int item in client.StreamAsync<int>("Count", [5])) items.Add(item);
        Assert.Equal([1, 2, 3, 4, 5], items);
    }

    [Fact]
    public async Task A_stream_that_is_left_is_cancelled()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rpc");
        await foreach (int item in client.StreamAsync<int>("Count", [int.MaxValue]))
        {
            if (item == 3) break;
        }

        Assert.Equal(3, await client.CallAsync<int>("Sum", [1, 2]));
    }

    [Fact]
    public async Task Text_that_is_no_json_rpc_stays_text()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.NotifyAsync("Said", ["x"]);
        Assert.Equal("Said", (await client.ReceiveNotificationAsync()).Method);
        await client.SendAsync("plain");
        await client.SendAsync("""{"a":1}""");
        Assert.Equal("plain", await client.ReceiveTextAsync());
        Assert.Equal("""{"a":1}""", await client.ReceiveTextAsync());
    }
}
