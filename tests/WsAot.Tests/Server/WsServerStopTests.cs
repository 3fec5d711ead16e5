using System.Net.WebSockets;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Server;

public sealed class WsServerStopTests : IDisposable
{
    // What is waited for comes at once; this only keeps a fault from hanging the tests.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(1);

    private readonly TestServer _server = new(loops: 2);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Stopping_closes_all_with_1001_waits_for_them_and_lets_nobody_in()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => _server.Open("/script"))];
        Task stop = _server.Server.StopAsync();
        Assert.Throws<TransportException>(() => _server.Connect());
        _server.Run();
        foreach (TestClient client in clients)
        {
            client.ExpectClose(1001, "the server is stopping");
            Assert.False(stop.IsCompleted);
            client.SendRaw(Frame.Close(1001));
            client.Shutdown();
        }

        _server.Advance(10);
        Assert.True(stop.IsCompletedSuccessfully);
        Assert.Equal(4, _server.Journal.Count(static line => line == "close 1001 '' clean"));
    }

    [Fact]
    public void A_handshake_that_has_had_a_second_and_is_not_done_is_ended()
    {
        CancellationToken token = default;
        _server.Script.Upgrade = async (_, cancellationToken) =>
        {
            token = cancellationToken;
            await Gate.UntilCancelledAsync(cancellationToken);
            return WsUpgrade.Accept();
        };
        TestClient silent = _server.Connect();
        TestClient asking = _server.Connect();
        asking.SendRaw(TestClient.UpgradeRequest("/script"));
        _server.Advance(1000);
        Task stop = _server.Server.StopAsync();
        _server.Run();
        Assert.True(silent.Peer.IsClosed && asking.Peer.IsClosed && token.IsCancellationRequested);
        _server.Advance(10);
        Assert.True(stop.IsCompletedSuccessfully);
        Assert.Empty(_server.Log.Errors);
    }

    [Fact]
    public void A_handler_that_is_pending_is_waited_for()
    {
        _server.Script.EchoThroughGate();
        TestClient client = _server.Open("/script");
        client.Say("a");
        Task stop = _server.Server.StopAsync();
        _server.Run();
        client.Reset();
        _server.Advance(1000);
        Assert.False(stop.IsCompleted);
        _server.LetOneGo();
        _server.Advance(10);
        Assert.True(stop.IsCompletedSuccessfully);
        Assert.DoesNotContain(_server.Log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public async Task A_second_stop_waits_for_the_first_and_may_end_its_drain()
    {
        using var server = new TestServer(static options => (options.CloseTimeoutMs, options.DrainTimeoutMs) = (60_000, 10_000));
        server.Open("/script");
        Task first = server.Server.StopAsync();
        server.Run();
        using var cancellation = new CancellationTokenSource();
        Task second = server.Server.StopAsync(cancellation.Token);
        server.Advance(100);
        Assert.False(first.IsCompleted || second.IsCompleted);
        await cancellation.CancelAsync();
        await Task.WhenAll(first, second).WaitAsync(s_guard);
        Assert.Single(server.Log.Entries, static entry => entry.Id == 16);
        Assert.DoesNotContain(server.Log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public void After_the_drain_timeout_it_waits_no_more()
    {
        using var server = new TestServer(static options => (options.CloseTimeoutMs, options.DrainTimeoutMs) = (60_000, 10_000));
        TestClient client = server.Open("/script");
        Task stop = server.Server.StopAsync();
        server.Run();
        server.AdvanceTo(9_990);
        Assert.False(stop.IsCompleted);
        for (int i = 0; i < 2; i++) server.Advance(10);
        Assert.True(stop.IsCompletedSuccessfully);
        Assert.True(client.Peer.IsClosed);
        Assert.Equal("close 1001 'the server is stopping' unclean", server.Journal[^1]);
        Assert.Single(server.Log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public async Task Waiting_can_be_cut_short_without_any_time_passing()
    {
        using var cancellation = new CancellationTokenSource();
        _server.Open("/script");
        Task stop = _server.Server.StopAsync(cancellation.Token);
        _server.Run();
        Assert.False(stop.IsCompleted);
        await cancellation.CancelAsync();
        await stop.WaitAsync(s_guard);
    }

    [Fact]
    public async Task Disposing_ends_a_drain_without_any_time_passing()
    {
        TestClient client = _server.Open("/script");
        Task stop = _server.Server.StopAsync();
        _server.Run();
        Assert.False(stop.IsCompleted);
        await _server.Server.DisposeAsync().AsTask().WaitAsync(s_guard);
        Assert.True(stop.IsCompletedSuccessfully && client.Peer.IsClosed);
    }

    [Fact]
    public async Task The_drain_timeout_includes_the_time_for_which_a_handler_holds_the_listening_loop_up()
    {
        using var isHeld = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var script = new Script();
        script.OnText((_, _) =>
        {
            isHeld.Set();
            release.Wait(s_guard);
        });
        var time = new TimestampsByHand();
        var log = new ListLog();
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        (builder.Options.Urls, builder.Options.Loops, builder.Options.DrainTimeoutMs) = ("ws://127.0.0.1:0", 1, 86_400_000);
        (builder.TimeProvider, builder.LoggerFactory) = (time, log);
        builder.Services.Add(script).Add(new ConnectionResource(script));
        await using WsServer server = builder.Build();
        server.Start();
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri(server.Urls[0] + "/script"), CancellationToken.None);
        await client.SendAsync("hold"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Assert.True(isHeld.Wait(s_guard));

        Task stop = server.StopAsync();
        Assert.False(stop.IsCompleted);
        time.NowMs += 86_400_000;
        release.Set();
        await stop.WaitAsync(s_guard);
        Assert.Single(log.Entries, static entry => entry.Id == 4);
    }

    [Fact]
    public void What_is_called_afterwards_has_no_effect()
    {
        TestClient client = _server.Open("/script");
        WsConnection connection = _server.Server.GetConnections()[0];
        Assert.True(_server.Server.DisposeAsync().AsTask().IsCompletedSuccessfully);
        Assert.True(client.Peer.IsClosed);
        Assert.True(_server.Server.StopAsync().IsCompletedSuccessfully);
        Assert.Equal(SendResult.Refused, connection.Send("late"));
        connection.Close();
        connection.Publish("topic", "late");
        _server.Server.CloseAll();
        Assert.Equal(0, _server.Server.ConnectionCount);
    }

    [Fact]
    public void One_that_was_never_started_can_be_disposed()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.CreateTransport = static options => new Transport.InMemory.InMemoryTransport(options);
        WsServer server = builder.Build();
        Assert.True(server.DisposeAsync().AsTask().IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(server.Start);
    }

    [Fact]
    public void One_can_be_disposed_by_code_that_cannot_await()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRouteTable.Combine());
        builder.CreateTransport = static options => new Transport.InMemory.InMemoryTransport(options);
        var service = new Disposed();
        builder.Services.Add(_ => service);
        WsServer server = builder.Build();
        using (server)
        {
            server.Start();
            Assert.Same(service, builder.Services.GetService(typeof(Disposed)));
        }

        Assert.Equal(ServerState.Stopped, server.Lifetime.State);
        Assert.True(service.IsDisposed);
    }

    private sealed class Disposed : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            IsDisposed = true;
        }
    }

    /// <summary>The time that has passed is what the test says; timers run as they really do.</summary>
    private sealed class TimestampsByHand : TimeProvider
    {
        private long _nowMs;

        public long NowMs
        {
            get => Volatile.Read(ref _nowMs);
            set => Volatile.Write(ref _nowMs, value);
        }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => NowMs;
    }
}
