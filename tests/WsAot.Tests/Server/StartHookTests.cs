using WsAot.Routing;
using WsAot.Server;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Server;

/// <summary>Hooks of the start that are asynchronous.</summary>
public sealed class StartHookTests
{
    // What is waited for comes at once; this only keeps a fault from hanging the tests.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(1);

    private readonly List<string> _journal = [];

    [Fact]
    public async Task Hooks_are_awaited_one_after_the_other_and_before_the_work()
    {
        var gate = new TaskCompletionSource();
        await using WsServer server = Build(builder => builder
            .OnStarted(async server =>
            {
                _journal.Add($"first {server.Urls.Count}");
                await gate.Task;
                _journal.Add("first has ended");
            })
            .OnStarted(_ => _journal.Add("second"))
            .OnStarted(async (_, token) =>
            {
                await Task.Yield();
                _journal.Add($"third {token.IsCancellationRequested}");
            })
            .AddBackgroundWork("w", (_, _) => Note("work")));
        Task start = server.StartAsync();
        Assert.False(start.IsCompleted);
        Assert.Equal(["first 1"], _journal);
        gate.SetResult();
        await start.WaitAsync(s_guard);
        Assert.Equal(["first 1", "first has ended", "second", "third False", "work"], _journal);
    }

    [Fact]
    public async Task A_hook_that_fails_stops_the_server_again()
    {
        await using WsServer server = Build(builder => builder
            .OnStarted(async _ =>
            {
                await Task.Yield();
                throw new FormatException();
            })
            .OnStarted(_ => Note("never"))
            .AddBackgroundWork("w", (_, _) => Note("work")));
        await Assert.ThrowsAsync<FormatException>(() => server.StartAsync().WaitAsync(s_guard));
        Assert.Equal(ServerState.Stopped, server.Lifetime.State);
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task Start_waits_for_them_wherever_its_caller_goes_on_after_an_await()
    {
        await using WsServer server = Build(builder => builder.OnStarted(async _ =>
        {
            await Task.Yield();
            await Note("started");
        }));
        var context = new BlockedContext();
        await Task.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            server.Start();
            Assert.Same(context, SynchronizationContext.Current);
        }).WaitAsync(s_guard);
        Assert.Equal(["started"], _journal);
    }

    [Fact]
    public async Task A_start_that_is_given_up_stops_the_server()
    {
        using var source = new CancellationTokenSource();
        await using WsServer server = Build(static builder => builder.OnStarted((_, token) => Task.Delay(Timeout.Infinite, token)));
        Task start = server.StartAsync(source.Token);
        Assert.False(start.IsCompleted);
        await source.CancelAsync();
        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => start.WaitAsync(s_guard));
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.Equal(ServerState.Stopped, server.Lifetime.State);
    }

    [Fact]
    public async Task A_stop_ends_a_start_that_still_waits()
    {
        await using WsServer server = Build(static builder => builder.OnStarted((_, token) => Task.Delay(Timeout.Infinite, token)));
        Task start = server.StartAsync();
        await server.StopAsync().WaitAsync(s_guard);
        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => start.WaitAsync(s_guard));
        Assert.Equal(server.Stopping, thrown.CancellationToken);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_before_does_nothing()
    {
        await using WsServer server = Build(builder => builder.OnStarted(_ => Note("started")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.StartAsync(new CancellationToken(canceled: true)));
        Assert.Equal(ServerState.Created, server.Lifetime.State);
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task A_program_that_is_told_to_stop_while_it_starts_has_been_stopped_as_asked()
    {
        using var stop = new CancellationTokenSource();
        await using WsServer server = Build(builder => builder.OnStarted((_, token) =>
        {
            stop.Cancel();
            return Task.Delay(Timeout.Infinite, token);
        }));
        Assert.True(await server.RunUntilSignalAsync(stop.Token).WaitAsync(s_guard));
        Assert.Equal(ServerState.Stopped, server.Lifetime.State);
    }

    [Fact]
    public async Task A_hook_that_is_cancelled_by_something_else_fails_the_program()
    {
        await using WsServer server = Build(static builder => builder.OnStarted(static async _ =>
        {
            await Task.Yield();
            throw new TaskCanceledException("of a client");
        }));
        await Assert.ThrowsAsync<TaskCanceledException>(() => server.RunUntilSignalAsync().WaitAsync(s_guard));
    }

    [Fact]
    public async Task A_program_ends_with_its_token() => Assert.Equal(
        0,
        await WsServer.RunAsync(
            WsRouteTable.Combine(), ["--urls", "ws://127.0.0.1:0"], cancellationToken: new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_hook_leaves_running_hears_of_the_stop(bool hasToken)
    {
        using var caller = new CancellationTokenSource();
        CancellationToken kept = default;
        await using WsServer server = Build(builder => builder.OnStarted((_, token) =>
        {
            kept = token;
            return Task.CompletedTask;
        }));
        await server.StartAsync(hasToken ? caller.Token : CancellationToken.None);
        Assert.False(kept.IsCancellationRequested);
        await server.StopAsync();
        Assert.True(kept.IsCancellationRequested);
    }

    [Fact]
    public async Task A_start_that_is_given_up_ends_after_a_hook_that_does_not_listen()
    {
        using var caller = new CancellationTokenSource();
        await using WsServer server = Build(builder => builder.OnStarted(_ => caller.Cancel()).OnStarted(_ => Note("second")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.StartAsync(caller.Token).WaitAsync(s_guard));
        Assert.Equal(ServerState.Stopped, server.Lifetime.State);
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task A_server_that_was_stopped_while_it_started_is_not_announced()
    {
        await using WsServer server = Build(builder => builder
            .OnStarted(static async server =>
            {
                await Task.Yield();
                await server.StopAsync();
            })
            .OnStarted(_ => Note("second")));
        Assert.True(await SignalRun.RunAsync(server, _ => Note("announced"), CancellationToken.None).WaitAsync(s_guard));
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task A_stop_that_has_begun_while_the_server_starts_keeps_its_drain()
    {
        var hook = new TaskCompletionSource();
        await using WsServer server = Build(builder => builder
            .OnStarted(static (_, token) => Task.Delay(Timeout.Infinite, token))
            .OnStopping(async (_, drain) =>
            {
                await hook.Task;
                await Note(drain.IsCancellationRequested ? "cut off" : "drained");
            }));
        Task start = server.StartAsync();
        Task stop = server.StopAsync();
        hook.SetResult();
        await stop.WaitAsync(s_guard);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(s_guard));
        Assert.Equal(["drained"], _journal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blocked_thread_can_dispose_a_server_whose_service_is_disposed_asynchronously(bool isStopped)
    {
        WsServices? services = null;
        await using WsServer server = Build(builder => services = builder.Services.Add(static _ => new SlowToDispose()));
        server.Start();
        Assert.NotNull(services!.GetService(typeof(SlowToDispose)));
        if (isStopped) await server.StopAsync();
        var disposed = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new BlockedContext());
            server.Dispose();
            disposed.SetResult();
        });
        thread.IsBackground = true;
        thread.Start();
        await disposed.Task.WaitAsync(s_guard);
    }

    private static WsServer Build(Action<WsServerBuilder> build)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRouteTable.Combine());
        builder.CreateTransport = static options => new InMemoryTransport(options);
        build(builder);
        builder.Hooks?.StartWork = static work => work();
        return builder.Build();
    }

    private Task Note(string line)
    {
        _journal.Add(line);
        return Task.CompletedTask;
    }

    private sealed class SlowToDispose : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.Yield();
    }

    /// <summary>The context of a thread that waits: nothing that is posted to it ever runs.</summary>
    private sealed class BlockedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
