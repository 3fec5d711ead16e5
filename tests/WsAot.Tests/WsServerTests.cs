using WsAot.Tests.Harness;

namespace WsAot.Tests;

public sealed class WsServerTests : IDisposable
{
    private readonly TestServer _server = new(loops: 2);

    private WsServer Server => _server.Server;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Open_connections_are_counted_and_listed()
    {
        _server.Connect();
        TestClient first = _server.Open("/echo");
        _server.Open("/room/caf%C3%A9");
        _server.Open("/text-only", "Sec-WebSocket-Protocol: v1");
        Assert.Equal(3, Server.ConnectionCount);
        IReadOnlyList<WsConnection> connections = [.. Server.GetConnections().OrderBy(static connection => connection.Id)];
        Assert.Equal([1L, 2L, 3L], connections.Select(static connection => connection.Id));
        Assert.Equal(["/echo", "/room/café", "/text-only"], connections.Select(static connection => connection.Path));
        Assert.Equal([null, null, "v1"], connections.Select(static connection => connection.Subprotocol));
        Assert.All(connections, connection => Assert.Same(Server, connection.Server));
        Assert.Equal("127.0.0.1", connections[0].RemoteEndPoint.Address.ToString());

        first.Reset();
        Assert.Equal(2, Server.ConnectionCount);
        Assert.DoesNotContain(connections[0], Server.GetConnections());
    }

    [Fact]
    public void To_all_means_every_open_connection_of_every_loop()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => _server.Open("/echo"))];
        Server.SendToAll("text"u8);
        Server.SendBinaryToAll([65]);
        _server.Run();
        Assert.All(clients, static client => Assert.Equal("text A", client.Texts()));
    }

    [Fact]
    public void What_is_sent_to_all_may_be_a_string_or_memory()
    {
        TestClient client = _server.Open("/room/a");
        ReadOnlyMemory<byte> memory = "memory"u8.ToArray();
        Server.SendToAll("caf\u00E9");
        Server.SendToAll("span".AsSpan());
        Server.SendToAll(memory);
        Server.SendBinaryToAll(memory);
        Server.Publish("a", "published".AsSpan());
        Server.Publish("a", memory);
        Server.PublishBinary("a", memory);
        WsConnection connection = Server.GetConnections()[0];
        connection.Publish("a", "by a connection".AsSpan());
        connection.Publish("a", memory);
        connection.PublishBinary("a", memory);
        _server.Run();
        Assert.Equal(
            [
                "1 caf\u00E9", "1 span", "1 memory", "2 memory", "1 published", "1 memory", "2 memory", "1 by a connection", "1 memory",
                "2 memory",
            ],
            client.Drain().Select(static frame => $"{frame.Opcode} {frame.Utf8}"));
    }

    [Fact]
    public async Task A_builder_builds_one_server()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Options.Loops = -1;
        Assert.Throws<ArgumentException>(builder.Build);
        builder.Options.Loops = 1;
        await using WsServer server = builder.Build();
        Assert.Contains("Call Build once", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_may_send_to_all_too()
    {
        _server.Script.OnText(static (connection, text) =>
        {
            connection.Server.SendToAll("all"u8);
            connection.Server.CloseAll(4000, text);
        });
        TestClient client = _server.Open("/script");
        TestClient other = _server.Open("/echo");
        client.Say("bye");
        foreach (TestClient each in new[] { client, other })
        {
            Assert.Equal("all", each.NextText());
            each.ExpectClose(4000, "bye");
        }
    }

    [Fact]
    public void All_are_closed_with_1001_unless_another_code_is_said()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => _server.Open("/echo"))];
        Server.CloseAll();
        _server.Run();
        Assert.All(clients, static client => client.ExpectClose(1001, ""));
    }

    [Fact]
    public void It_is_started_once_and_says_where_it_listens()
    {
        Assert.Equal(["ws://127.0.0.1:1"], Server.Urls);
        Assert.Throws<InvalidOperationException>(Server.Start);
    }

    [Theory]
    [InlineData("Loops")]
    [InlineData("Urls")]
    [InlineData("AllowedOrigins")]
    [InlineData("AllowedHosts")]
    [InlineData("SlowConsumer")]
    [InlineData("MaxMessagesPerSecond")]
    [InlineData("MaxByteBurst")]
    [InlineData("MaxConnectionLifetimeMs")]
    [InlineData("MaxUpgradeBurstPerAddress")]
    [InlineData("MaxConnectionsPerUser")]
    [InlineData("RateLimitPolicy")]
    [InlineData("UserLimitPolicy")]
    [InlineData("MaxMemoryBytes")]
    public void What_cannot_be_is_refused_before_anything_runs(string option)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        if (option == "Loops") builder.Options.Loops = 5000;
        if (option == "Urls") builder.Options.Urls = "http://x";
        if (option == "AllowedOrigins") builder.Options.AllowedOrigins = "https://good.example;bad.example";
        if (option == "AllowedHosts") builder.Options.AllowedHosts = "good.example;https://bad.example";
        if (option == "SlowConsumer") builder.Options.SlowConsumer = SlowConsumerPolicy.Default;
        if (option == "MaxMessagesPerSecond") builder.Options.MaxMessagesPerSecond = -1;
        if (option == "MaxByteBurst") builder.Options.MaxByteBurst = -1;
        if (option == "MaxConnectionLifetimeMs") builder.Options.MaxConnectionLifetimeMs = -1;
        if (option == "MaxUpgradeBurstPerAddress") builder.Options.MaxUpgradeBurstPerAddress = -1;
        if (option == "MaxConnectionsPerUser") builder.Options.MaxConnectionsPerUser = -1;
        if (option == "RateLimitPolicy") builder.Options.RateLimitPolicy = RateLimitPolicy.Default;
        if (option == "UserLimitPolicy") builder.Options.UserLimitPolicy = (UserLimitPolicy)2;
        if (option == "MaxMemoryBytes") builder.Options.MaxMemoryBytes = 1000;
        Assert.StartsWith(option, Assert.Throws<ArgumentException>(builder.Build).Message, StringComparison.Ordinal);
    }
}
