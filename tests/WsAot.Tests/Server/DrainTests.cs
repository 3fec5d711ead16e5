using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Server;

/// <summary>How a server closes its connections when it stops: when, in which portions, and what becomes of calls that run.</summary>
public sealed class DrainTests
{
    private const string Stopping = "the server is stopping";

    [Fact]
    public void During_the_delay_it_is_not_ready_and_goes_on()
    {
        using TestServer server = Create(static options => options.DrainDelayMs = 5000);
        TestClient before = server.Open("/echo");
        Assert.True(server.Server.IsReady);
        Task stop = server.Server.StopAsync();
        Assert.False(server.Server.IsReady);
        server.Advance(4990);
        TestClient late = server.Open("/echo");
        foreach (TestClient client in new[] { before, late })
        {
            client.Say("still here");
            Assert.Equal("still here", client.NextText());
        }

        Assert.False(server.Server.Stopping.IsCancellationRequested);
        server.Advance(10);
        Assert.True(server.Server.Stopping.IsCancellationRequested);
        Assert.Throws<TransportException>(() => server.Connect());
        ExpectEnd(before);
        ExpectEnd(late);
        server.Advance(10);
        Assert.True(stop.IsCompletedSuccessfully);
        Assert.Contains(server.Log.Entries, static entry => entry.Id == 70 && entry.Message.Contains("5000 ms", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 5000)]
    [InlineData(false, 0)]
    public void The_default_of_the_delay_is_that_of_where_the_program_runs(bool isInContainer, int delayMs)
    {
        using TestServer server = Create();
        server.Server.Lifetime.IsInContainer = () => isInContainer;
        TestClient client = server.Open("/echo");
        _ = server.Server.StopAsync();
        if (delayMs > 0) server.Advance(delayMs - 1);
        Assert.Equal(delayMs == 0, server.Server.Stopping.IsCancellationRequested);
        server.Advance(1);
        client.ExpectClose(1001, Stopping);
    }

    [Fact]
    public async Task Ending_the_drain_ends_the_delay()
    {
        using TestServer server = Create(static options => options.DrainDelayMs = 5000);
        Task stop = server.Server.StopAsync();
        Assert.False(stop.IsCompleted);
        await server.Server.DisposeAsync();
        Assert.True(stop.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_server_that_has_not_started_is_not_ready_and_needs_no_delay()
    {
        var hook = new TaskCompletionSource();
        using TestServer server = Create(static options => options.DrainDelayMs = 5000, builder => builder.OnStarted(_ => { }));
        Assert.True(server.Server.IsReady);
        WsServerBuilder other = WsServer.CreateBuilder(WsRoutes.Table);
        other.CreateTransport = static options => new Transport.InMemory.InMemoryTransport(options);
        other.Services.Add(server.Script).Add(new ConnectionResource(server.Script));
        other.Options.DrainDelayMs = 5000;
        other.OnStarted(_ => hook.Task);
        using WsServer starting = other.Build();
        Task start = starting.StartAsync();
        Assert.False(starting.IsReady);
        Assert.True(starting.StopAsync().IsCompletedSuccessfully);
        hook.SetResult();
        Assert.False(starting.IsReady);
        Assert.True(start.IsFaulted || start.IsCanceled || !start.IsCompleted);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.5, 200)]
    [InlineData(1, 300)]
    public void Portions_follow_each_other_after_the_interval_more_or_less(double jitter, int intervalMs)
    {
        using TestServer server = Create(static options => (options.DrainBatch, options.DrainIntervalMs) = (3, 200), loops: 1);
        server.Server.Lifetime.NextJitter = () => jitter;
        TestClient[] clients = [.. Enumerable.Range(0, 8).Select(_ => server.Open("/echo"))];
        _ = server.Server.StopAsync();
        server.Run();
        Assert.Equal(3, CountClosed(clients));
        server.Advance(intervalMs - 10);
        Assert.Equal(3, CountClosed(clients));
        server.Advance(10);
        Assert.Equal(6, CountClosed(clients));
        server.Advance(intervalMs);
        Assert.Equal(8, CountClosed(clients));
    }

    [Fact]
    public void Portions_are_as_large_as_half_of_the_timeout_asks_for()
    {
        // Five portions fit into 1,000 ms.
        using TestServer server = Create(
            static options => (options.DrainBatch, options.DrainIntervalMs, options.DrainTimeoutMs) = (1, 200, 2000), loops: 1);
        TestClient[] clients = [.. Enumerable.Range(0, 50).Select(_ => server.Open("/echo"))];
        _ = server.Server.StopAsync();
        server.Run();
        Assert.Equal(10, CountClosed(clients));
        server.Advance(200);
        Assert.Equal(20, CountClosed(clients));
    }

    [Fact]
    public void Each_loop_closes_its_share()
    {
        using TestServer server = Create(static options => options.DrainBatch = 4, loops: 2);
        TestClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => server.Open("/echo"))];
        _ = server.Server.StopAsync();
        server.Run();
        Assert.Equal(4, CountClosed(clients));
        server.Advance(200);
        Assert.Equal(8, CountClosed(clients));
    }

    [Fact]
    public void The_option_decides_the_code()
    {
        using TestServer server = Create(static options => options.DrainCloseCode = 1012);
        TestClient client = server.Open("/echo");
        _ = server.Server.StopAsync();
        server.Run();
        client.ExpectClose(1012, Stopping);
        Assert.EndsWith("with 1012.", Assert.Single(server.Log.Entries, static entry => entry.Id == 2).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_is_busy_answers_before_the_close_frame_and_gets_nothing_more()
    {
        using TestServer server = Create();
        server.Script.EchoThroughGate();
        TestClient client = server.Open("/script");
        client.Say("a");
        _ = server.Server.StopAsync();
        server.Run();
        client.Say("b");
        client.ExpectNothing();
        server.LetOneGo();
        Assert.Equal("a", client.NextText());
        client.ExpectClose(1001, Stopping);
        Assert.Equal(0, server.Script.Gate.WaitingCount);
    }

    [Fact]
    public void A_JSON_RPC_call_is_answered_before_the_close_frame_and_no_other_begins()
    {
        using TestServer server = Create();
        TestClient client = server.Open("/rpc");
        client.Say("""{"jsonrpc":"2.0","method":"Touch","id":1}""");
        client.Say("""{"jsonrpc":"2.0","method":"Touch","id":2}""");
        _ = server.Server.StopAsync();
        server.Run();
        client.Say("""{"jsonrpc":"2.0","method":"Touch","id":3}""");
        Assert.Equal(2, server.Script.Gate.WaitingCount);
        server.LetOneGo();
        Assert.Contains("\"id\":1", client.NextText(), StringComparison.Ordinal);
        client.ExpectNothing();
        server.LetOneGo();
        Assert.Contains("\"id\":2", client.NextText(), StringComparison.Ordinal);
        client.ExpectClose(1001, Stopping);
        Assert.Equal(0, server.Script.Gate.WaitingCount);
    }

    [Fact]
    public void A_call_has_a_quarter_of_the_timeout_and_then_its_client_is_told_all_the_same()
    {
        using TestServer server = Create(static options => options.DrainTimeoutMs = 4000);
        server.Script.EchoThroughGate();
        TestClient client = server.Open("/script");
        client.Say("a");
        Task stop = server.Server.StopAsync();
        server.Run();
        server.Advance(990);
        client.ExpectNothing();
        server.Advance(110);
        ExpectEnd(client);
        server.LetOneGo();
        server.Advance(10);
        Assert.True(stop.IsCompletedSuccessfully);
        ListLog.Entry end = Assert.Single(server.Log.Entries, static entry => entry.Id == 72);
        const string sums = "1 closed, 1 of them while their calls were still running; 0 dropped";
        Assert.Contains(sums, end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_has_just_connected_is_answered_and_then_told()
    {
        using TestServer server = Create();
        TestClient silent = server.Connect();
        server.Advance(1000);
        TestClient client = server.Connect();
        _ = server.Server.StopAsync();
        server.Run();
        Assert.True(silent.Peer.IsClosed);
        server.Advance(100);
        Assert.Equal(101, client.Ask("/echo").StatusCode);
        client.ExpectClose(1001, Stopping);
    }

    [Fact]
    public void It_says_how_far_it_is()
    {
        using TestServer server = Create(static options => (options.DrainBatch, options.DrainIntervalMs) = (1, 1000), loops: 1);
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => server.Open("/echo"))];
        Task stop = server.Server.StopAsync();
        for (int i = 0; i < 4; i++)
        {
            server.Run();
            ExpectEnd(clients[i]);
            server.Advance(1000);
        }

        Assert.True(stop.IsCompletedSuccessfully);
        string[] lines = [.. server.Log.Entries.Where(static entry => entry.Id is 71 or 72).Select(static entry => entry.Message)];
        Assert.StartsWith("Draining for 2000 ms: 2 of 4 connections are left", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Drained 4 connections in ", lines[^1], StringComparison.Ordinal);
        Assert.Contains("4 closed, 0 of them while", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void When_another_process_has_taken_over_it_does_not_wait_and_says_1012()
    {
        using TestServer server = Create(static options => options.DrainDelayMs = 5000);
        TestClient client = server.Open("/echo");
        _ = server.Server.Lifetime.HandOverAsync();
        server.Run();
        client.ExpectClose(1012, "service restart");
        Assert.True(server.Server.Lifetime.IsHandedOver);
    }

    private static TestServer Create(
        Action<WsServerOptions>? configure = null, Action<WsServerBuilder>? build = null, int loops = 2)
    {
        var server = new TestServer(configure, loops, build);
        server.Server.Lifetime.NextJitter = static () => 0.5;
        return server;
    }

    private static int CountClosed(TestClient[] clients) => clients.Count(static client => client.Peer.Received.StartsWith((byte)0x88));

    private static void ExpectEnd(TestClient client)
    {
        client.ExpectClose(1001, Stopping);
        client.SendRaw(Frame.Close(1001));
        client.Shutdown();
    }
}
