using WsAot.Routing;
using WsAot.Server;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Server;

/// <summary>
/// What the application hangs into the life of the server. Its work runs where the test starts it, so nothing is waited for.
/// </summary>
public sealed class HookTests
{
    private const int WorkFailed = 25;
    private const int WorkRestarts = 26;
    private const int WorkLeft = 27;
    private const int HookFailed = 23;
    private const int HookTimedOut = 24;

    // What is waited for comes at once; this only keeps a fault from hanging the tests.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(1);

    private readonly List<string> _journal = [];

    [Fact]
    public void Hooks_are_called_in_their_order_with_a_server_that_listens()
    {
        using TestServer server = Create(builder => builder
            .OnStarted(server => _journal.Add($"started {server.Urls.Count}"))
            .AddBackgroundWork("w", (server, _) => Note("work"))
            .OnStarted(_ => _journal.Add("started too"))
            .OnStopping((server, _) => Note($"stopping {server.Stopping.IsCancellationRequested}"))
            .OnStopping((_, _) => Note("stopping too")));
        Assert.Equal(["started 1", "started too", "work"], _journal);
        Assert.True(server.Server.StopAsync().IsCompletedSuccessfully);
        Assert.Equal(["stopping True", "stopping too"], _journal[3..]);
    }

    [Fact]
    public void A_hook_that_throws_at_the_start_stops_the_server_again()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRouteTable.Combine());
        builder.Options.Urls = "ws://127.0.0.1:0";
        var exception = new FormatException();
        builder.OnStarted(_ => throw exception).AddBackgroundWork("w", (_, _) => Note("work"));
        WsServer server = builder.Build();
        Assert.Same(exception, Record.Exception(server.Start));
        Assert.Equal(ServerState.Stopped, server.Lifetime.State);
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task Connections_are_open_until_the_stopping_hooks_have_ended()
    {
        var gate = new TaskCompletionSource();
        using TestServer server = Create(builder => builder.OnStopping((server, _) =>
        {
            server.SendToAll("bye"u8);
            return gate.Task;
        }));
        TestClient client = server.Open("/script");
        Task stop = server.Server.StopAsync();
        server.Run();
        Assert.Equal("bye", client.NextText());
        client.ExpectNothing();
        gate.SetResult();
        await Until(server, () => !client.Peer.Received.IsEmpty);
        client.ExpectClose(1001);
        client.Reset();
        await Until(server, () => stop.IsCompleted);
    }

    [Fact]
    public async Task A_stopping_hook_that_throws_or_does_not_end_is_logged_and_the_server_stops()
    {
        using TestServer server = Create(builder => builder
            .OnStopping((_, _) => throw new FormatException())
            .OnStopping((_, _) => new TaskCompletionSource().Task));
        Task stop = server.Server.StopAsync();
        Assert.False(stop.IsCompleted);
        server.Advance(server.Server.Options.DrainTimeoutMs);
        await stop.WaitAsync(s_guard);
        Assert.Equal([HookFailed, HookTimedOut], Ids(server, HookFailed, HookTimedOut));
    }

    [Fact]
    public async Task Work_is_cancelled_and_waited_for_when_the_server_stops()
    {
        using TestServer server = Create(builder => builder.AddBackgroundWork("w", async (_, token) =>
        {
            await Gate.UntilCancelledAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _journal.Add("cancelled");
            token.ThrowIfCancellationRequested();
        }));
        Assert.Empty(_journal);
        await server.Server.StopAsync().WaitAsync(s_guard);
        Assert.Equal(["cancelled"], _journal);
        Assert.Empty(server.Log.Errors);
        Assert.Null(server.Server.Failure);
    }

    [Fact]
    public async Task Work_that_does_not_listen_to_its_token_is_left_when_the_drain_is_over()
    {
        using TestServer server = Create(builder => builder.AddBackgroundWork("deaf", (_, _) => new TaskCompletionSource().Task));
        Task stop = server.Server.StopAsync();
        Assert.False(stop.IsCompleted);
        server.Advance(server.Server.Options.DrainTimeoutMs);
        await stop.WaitAsync(s_guard);
        Assert.Equal([WorkLeft], Ids(server, WorkLeft));
        Assert.Contains(server.Log.Entries, static entry => entry.Message.Contains("Background work deaf ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_that_fails_stops_the_server()
    {
        using TestServer server = Create(builder => builder.AddBackgroundWork("w", async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), builder.TimeProvider, CancellationToken.None);
            throw new FormatException();
        }));
        Assert.Equal(ServerState.Running, server.Server.Lifetime.State);
        server.Advance(5);
        await server.Server.StopAsync().WaitAsync(s_guard);
        Assert.IsType<FormatException>(server.Server.Failure);
        Assert.Equal([WorkFailed], Ids(server, WorkFailed, WorkRestarts));
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        using TestServer server =
            Create(builder => builder.AddBackgroundWork("w", (_, _) => throw new TaskCanceledException("of a client")));
        Assert.IsType<TaskCanceledException>(server.Server.Failure);
    }

    [Fact]
    public async Task Work_can_be_started_again_with_longer_and_longer_delays()
    {
        using TestServer server = Create(builder => builder.AddBackgroundWork(
            "w",
            (_, _) =>
            {
                _journal.Add($"{((ManualTime)builder.TimeProvider).NowMs / 1000}");
                throw new FormatException();
            },
            WsBackgroundFailure.Restart));
        for (int i = 0; i < 130; i++) server.Advance(1000);
        Assert.Equal(["0", "1", "3", "7", "15", "31", "61", "91", "121"], _journal);
        Assert.Equal(9, Ids(server, WorkRestarts).Count);
        Assert.Null(server.Server.Failure);
        await server.Server.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public void Work_that_has_run_for_a_while_is_started_again_soon()
    {
        using TestServer server = Create(builder => builder.AddBackgroundWork(
            "w",
            async (_, token) =>
            {
                _journal.Add($"{((ManualTime)builder.TimeProvider).NowMs / 1000}");
                await Task.Delay(TimeSpan.FromSeconds(40), builder.TimeProvider, token);
                throw new FormatException();
            },
            WsBackgroundFailure.Restart));
        for (int i = 0; i < 90; i++) server.Advance(1000);
        Assert.Equal(["0", "41", "82"], _journal);
    }

    [Fact]
    public async Task Work_that_is_restarted_and_fails_while_the_server_stops_is_no_failure_of_the_server()
    {
        using TestServer server = Create(builder => builder.AddBackgroundWork(
            "w",
            async (_, token) =>
            {
                await Gate.UntilCancelledAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new IOException("the line is closed");
            },
            WsBackgroundFailure.Restart));
        await server.Server.StopAsync().WaitAsync(s_guard);
        Assert.Null(server.Server.Failure);
    }

    [Fact]
    public void Work_does_not_begin_on_a_server_that_was_stopped_by_the_one_before()
    {
        using TestServer server = Create(builder => builder
            .AddBackgroundWork("fails", (_, _) => throw new FormatException())
            .AddBackgroundWork("later", (_, _) => Note("later")));
        Assert.Empty(_journal);
        Assert.IsType<FormatException>(server.Server.Failure);
    }

    [Fact]
    public void The_builder_refuses_hooks_that_are_none()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        Assert.Throws<ArgumentNullException>(() => builder.OnStarted((Action<WsServer>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.OnStarted((Func<WsServer, Task>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.OnStarted((Func<WsServer, CancellationToken, Task>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.OnStopping(null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddBackgroundWork("w", null!));
        Assert.Throws<ArgumentException>(() => builder.AddBackgroundWork(" ", (_, _) => Task.CompletedTask));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_ends_when_it_is_told_to_or_when_its_work_fails(bool fails)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRouteTable.Combine());
        builder.Options.Urls = "ws://127.0.0.1:0";
        using var stop = new CancellationTokenSource();
        builder.AddBackgroundWork("w", (_, _) =>
        {
            if (fails) throw new FormatException();
            stop.Cancel();
            return Task.CompletedTask;
        });
        await using WsServer server = builder.Build();
        Assert.Equal(!fails, await server.RunUntilSignalAsync(stop.Token));
    }

    private static TestServer Create(Action<WsServerBuilder> build) => new(build: builder =>
    {
        build(builder);
        if (builder.Hooks is { } hooks) hooks.StartWork = StartHere;
    });

    /// <summary>Without a context what awaits the manual time goes on where the time is advanced.</summary>
    private static Task StartHere(Func<Task> work)
    {
        SynchronizationContext? former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Task started = work();
        SynchronizationContext.SetSynchronizationContext(former);
        return started;
    }

    private static List<int> Ids(TestServer server, params int[] wanted) =>
        [.. server.Log.Entries.Select(static entry => entry.Id).Where(wanted.Contains)];

    /// <summary>What goes on on another thread is waited for.</summary>
    private static async Task Until(TestServer server, Func<bool> condition)
    {
        using var guard = new CancellationTokenSource(s_guard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            server.Advance(10);
            await Task.Yield();
        }
    }

    private Task Note(string line)
    {
        _journal.Add(line);
        return Task.CompletedTask;
    }
}
