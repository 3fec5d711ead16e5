using System.Net;
using System.Text;
using WsAot.Protocol.Frames;

namespace WsAot.Testing.Tests;

public class WsTestClientTests
{
    [Fact]
    public async Task Text_and_binary_come_back()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendAsync("hé");
        await client.SendBinaryAsync(new byte[] { 1, 2, 3 });
        Assert.Equal("hé", await client.ReceiveTextAsync());
        Assert.Equal([1, 2, 3], await client.ReceiveBinaryAsync());
        Assert.False(client.TryReceive(out _));
    }

    [Fact]
    public async Task A_request_has_all_that_is_asked_for()
    {
        await using WsTestServer server = Servers.Create(static builder => builder.Options.AllowedHosts = "app.example");
        await using WsTestClient client = await server.ConnectAsync("/request", static request =>
        {
            request.Host = "app.example";
            request.Origin = "http://app.example";
            request.BearerToken = "t";
            request.RemoteEndPoint = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 4711);
            request.AddCookie("a", "b").AddCookie("session", "s1").AddHeader("X-Test", "x").AddQuery("q", "1").AddQuery("a b", "c&d");
        });
        Assert.Equal("app.example|http://app.example|t|s1|x|c&d|192.0.2.7:4711", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_subprotocol_is_chosen()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo", static request => request.Subprotocols = ["v1", "v9"]);
        Assert.Equal("v1", client.Subprotocol);
        Assert.Equal(101, client.Response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_go_compressed_split_and_in_fragments(bool isCompressed)
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo", request => request.OffersCompression = isCompressed);
        Assert.Equal(isCompressed, client.IsCompressed);
        client.MaxPieceBytes = 1;
        string text = new('a', 300);
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync(text);
            Assert.Equal(text, await client.ReceiveTextAsync());
        }

        await client.SendFragmentsAsync("one ", "two ", "three");
        await client.SendFragmentsAsync([0xC3], [0xA9]);
        await client.SendBinaryFragmentsAsync([1], [], [2, 3]);
        Assert.Equal("one two three", await client.ReceiveTextAsync());
        Assert.Equal("é", await client.ReceiveTextAsync());
        Assert.Equal([1, 2, 3], await client.ReceiveBinaryAsync());
    }

    [Fact]
    public async Task Pings_are_answered_unless_the_test_says_no()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendAsync("ping");
        Assert.Equal("from the server"u8.ToArray(), await client.ReceivePingAsync());
        Assert.Equal("pong: from the server", await client.ReceiveTextAsync());
        await client.PingAsync("hi"u8.ToArray());
        Assert.Equal("hi"u8.ToArray(), await client.ReceivePongAsync());

        client.AnswersPings = false;
        await client.SendAsync("ping");
        await client.ReceivePingAsync();
        Assert.False(client.TryReceive(out _));
        await client.PongAsync("late"u8.ToArray());
        Assert.Equal("pong: late", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_silent_client_is_dropped_when_time_has_passed()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient silent = await server.ConnectAsync("/echo", static request => request.AnswersPings = false);
        await using WsTestClient polite = await server.ConnectAsync("/echo");
        server.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new WsClose(1006, "", false), await silent.ReceiveCloseAsync());
        Assert.Null(polite.CloseStatus);
        await polite.ReceivePingAsync();
    }

    [Fact]
    public async Task A_close_has_code_and_reason_both_ways()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendAsync("bye");
        Assert.Equal(new WsClose(4000, "as you wish", true), await client.ReceiveCloseAsync());
        await Assert.ThrowsAsync<WsTestException>(() => client.SendAsync("more"));

        await using WsTestClient other = await server.ConnectAsync("/echo");
        Assert.Equal(3001, (await other.CloseAsync(3001, "done")).Code);
        Assert.Equal(0, server.Server.ConnectionCount);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_a_close_is_ended_by_time()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo", static request => request.AnswersClose = false);
        await client.SendAsync("bye");
        Assert.Equal(new WsClose(4000, "as you wish", false), await client.ReceiveCloseAsync());
        Assert.Equal(1, server.Server.ConnectionCount);
        server.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, server.Server.ConnectionCount);
    }

    [Fact]
    public async Task A_reset_and_a_half_close_reach_the_handler()
    {
        var journal = new List<string>();
        await using WsTestServer server = Servers.Create(new Handlers.Outside(), journal);
        await using WsTestClient first = await server.ConnectAsync("/slow");
        first.Reset();
        await using WsTestClient second = await server.ConnectAsync("/slow");
        second.ShutdownOutput();
        await using (await server.ConnectAsync("/slow"))
        {
        }

        Assert.Equal(["left: 1006", "left: 1006", "left: 1000"], journal);
    }

    [Fact]
    public async Task What_a_client_must_not_send_can_be_sent()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendFrameAsync(Opcode.Continuation, "x"u8.ToArray());
        Assert.Equal(1002, (await client.ReceiveCloseAsync()).Code);

        await using WsTestClient other = await server.ConnectAsync("/echo");
        await other.SendRawAsync([0x81], [0x00]);
        Assert.Equal(1002, (await other.ReceiveCloseAsync()).Code);
    }

    [Fact]
    public async Task A_slow_reader_gets_all_when_it_reads_again()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo", static request => request.WindowBytes = 100);
        client.StopReading();
        string text = new('x', 400);
        for (int i = 0; i < 10; i++) await client.SendAsync(text);
        Assert.False(client.TryReceive(out _));
        WsConnection connection = Assert.Single(server.Server.GetConnections());
        Assert.InRange(connection.PendingOutputBytes, 1000, 1500);
        WsTestException exception = await Assert.ThrowsAsync<WsTestException>(client.ReceiveTextAsync);
        Assert.Contains("stopped reading", exception.Message, StringComparison.Ordinal);

        client.ResumeReading();
        for (int i = 0; i < 10; i++) Assert.Equal(text, await client.ReceiveTextAsync());
        Assert.Equal(0, connection.PendingOutputBytes);
    }

    [Fact]
    public async Task A_client_whose_test_does_not_read_takes_only_so_much()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        byte[] large = new byte[60_000];
        for (int i = 0; i < 100; i++) await client.SendBinaryAsync(large);
        Assert.InRange(client.UnreadCount, 60, 75);
        for (int i = 0; i < 100; i++) Assert.Equal(60_000, (await client.ReceiveBinaryAsync()).Length);
    }

    [Fact]
    public async Task A_thousand_clients_in_a_room_hear_what_one_says()
    {
        await using WsTestServer server = Servers.Create();
        var clients = new List<WsTestClient>();
        for (int i = 0; i < 1000; i++) clients.Add(await server.ConnectAsync("/rooms/large"));
        await clients[500].SendAsync("hello");
        foreach (WsTestClient client in clients) Assert.Equal("hello", await client.ReceiveTextAsync());
        Assert.Equal(1000, server.Server.ConnectionCount);
        foreach (WsTestClient client in clients) await client.DisposeAsync();
        Assert.Equal(0, server.Server.ConnectionCount);
    }

    [Fact]
    public async Task Several_loops_run_on_the_thread_of_the_test()
    {
        await using WsTestServer server = Servers.Create(static builder => builder.Options.Loops = 3);
        var clients = new List<WsTestClient>();
        for (int i = 0; i < 6; i++) clients.Add(await server.ConnectAsync("/rooms/a"));
        for (int i = 0; i < 6; i++)
        {
            await clients[i].SendAsync($"from {i}");
            foreach (WsTestClient client in clients) Assert.Equal($"from {i}", await client.ReceiveTextAsync());
        }
    }

    [Fact]
    public async Task Random_splits_change_nothing()
    {
        var random = new Random(1);
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo", static request => request.OffersCompression = true);
        for (int i = 0; i < 100; i++)
        {
            client.MaxPieceBytes = random.Next(1, 30);
            client.WindowBytes = random.Next(1, 30);
            string text = string.Concat(Enumerable.Range(0, random.Next(50)).Select(n => $"{n}é"));
            await client.SendFragmentsAsync([.. Encoding.UTF8.GetBytes(text).Chunk(7)]);
            Assert.Equal(text, await client.ReceiveTextAsync());
        }
    }
}
