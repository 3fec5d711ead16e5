using Microsoft.Extensions.Logging;
using WsAot.Testing.Tests.Handlers;

namespace WsAot.Testing.Tests;

public class WsTestServerTests
{
    [Fact]
    public async Task Reading_what_never_comes_fails_at_once_and_says_what_came_instead()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        WsTestException nothing = await Assert.ThrowsAsync<WsTestException>(client.ReceiveTextAsync);
        Assert.Equal(
            """
            Expected a text message on /echo, but none came, and none will: the server has nothing left to do.
              Connection: open
            """,
            nothing.Message);

        await client.SendBinaryAsync(new byte[] { 0xAB, 0xCD });
        await client.SendAsync("two");
        WsTestException other = await Assert.ThrowsAsync<WsTestException>(client.ReceiveTextAsync);
        Assert.Equal(
            """
            Expected a text message on /echo, but something else came first.
              Unread: binary, 2 bytes: ABCD
              Unread: text "two"
              Connection: open
            """,
            other.Message);
        WsTestException notClosed = await Assert.ThrowsAsync<WsTestException>(client.ReceiveCloseAsync);
        Assert.StartsWith("Expected the end of the connection on /echo, but something else", notClosed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_of_the_start_that_waits_goes_on_when_time_passes()
    {
        var journal = new List<string>();
        await using WsTestServer server = Servers.Create(builder => builder
            .OnStarted(async (_, token) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5), builder.TimeProvider, token);
                journal.Add($"started by {SynchronizationContext.Current?.GetType().Name}");
            })
            .AddBackgroundWork("w", (_, _) =>
            {
                journal.Add("work");
                return Task.CompletedTask;
            }));
        server.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(journal);
        server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["started by TestContext", "work"], journal);
    }

    [Fact]
    public async Task A_hook_of_the_start_that_fails_is_seen_at_once_or_when_the_server_is_disposed()
    {
        Assert.Throws<FormatException>(() => Servers.Create(static builder => builder.OnStarted(static async _ =>
        {
            await Task.Yield();
            throw new FormatException();
        })));
        WsTestServer server = Servers.Create(static builder => builder.OnStarted(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), builder.TimeProvider);
            throw new FormatException();
        }));
        server.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<FormatException>(async () => await server.DisposeAsync());
    }

    [Fact]
    public async Task A_test_replaces_a_service_of_the_application()
    {
        await using WsTestServer server = Servers.Create(static builder =>
            builder.Services.Replace<Documentation.ITokens>(new NoTokens()));
        Assert.Equal(401, (await server.RefusedAsync("/chat/a", static request => request.BearerToken = "ann-token")).StatusCode);
    }

    private sealed class NoTokens : Documentation.ITokens
    {
        public Task<Documentation.User?> FindAsync(string token) => Task.FromResult<Documentation.User?>(null);
    }

    [Fact]
    public async Task A_failed_read_says_what_the_handler_threw()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendAsync("fail");
        WsTestException exception = await Assert.ThrowsAsync<WsTestException>(client.ReceiveTextAsync);
        Assert.IsType<InvalidOperationException>(exception.InnerException);
        Assert.Contains("Connection: ended with 1011 \"\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Log: error WsAot.Server: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: asked to fail", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_goes_on_when_time_has_passed_and_on_the_thread_of_the_test()
    {
        var journal = new List<string>();
        await using WsTestServer server = Servers.Create(new Outside(), journal);
        await using WsTestClient client = await server.ConnectAsync("/slow");
        await client.SendAsync("clock");
        server.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(client.TryReceive(out _));
        server.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("done: clock", await client.ReceiveTextAsync());
        Assert.Equal(["same thread"], journal);
    }

    [Fact]
    public async Task A_handler_goes_on_when_the_test_has_completed_its_task()
    {
        var outside = new Outside();
        var journal = new List<string>();
        await using WsTestServer server = Servers.Create(outside, journal);
        await using WsTestClient client = await server.ConnectAsync("/slow");
        await client.SendAsync("task");
        outside.Source.SetResult();
        Assert.Equal("done: task", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task Reading_waits_for_a_handler_that_another_thread_completes()
    {
        var outside = new Outside();
        await using WsTestServer server = Servers.Create(outside, []);
        server.BusyTimeout = TimeSpan.FromMinutes(1);
        await using WsTestClient client = await server.ConnectAsync("/slow");
        await client.SendAsync("task");
        Task<string> reading = client.ReceiveTextAsync();
        Assert.False(reading.IsCompleted);
        await Task.Run(outside.Source.SetResult);
        Assert.Equal("done: task", await reading);
    }

    [Fact]
    public async Task Connecting_waits_for_an_upgrade_that_another_thread_decides()
    {
        var outside = new Outside();
        await using WsTestServer server = Servers.Create(outside, []);
        server.BusyTimeout = TimeSpan.FromMinutes(1);
        Task<WsTestClient> connecting = server.ConnectAsync("/gate");
        Assert.False(connecting.IsCompleted);
        await Task.Run(outside.Source.SetResult);
        await using WsTestClient client = await connecting;
        Assert.Equal("open", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_busy_handler_is_waited_for_only_so_long()
    {
        await using WsTestServer server = Servers.Create(new Outside(), []);
        server.BusyTimeout = TimeSpan.Zero;
        await using WsTestClient client = await server.ConnectAsync("/slow");
        await client.SendAsync("clock");
        WsTestException exception = await Assert.ThrowsAsync<WsTestException>(client.ReceiveTextAsync);
        Assert.Contains("while a handler was busy", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Busy: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Slow on /slow", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Clock: a timer is due in 00:00:01", exception.Message, StringComparison.Ordinal);
        WsTestException upgrade = await Assert.ThrowsAsync<WsTestException>(() => server.ConnectAsync("/gate"));
        Assert.Contains("none came within 00:00:00", upgrade.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_has_its_status_and_headers()
    {
        await using WsTestServer server = Servers.Create();
        WsRefusal unknown = await server.RefusedAsync("/nowhere");
        Assert.Equal(404, unknown.StatusCode);
        WsRefusal foreign = await server.RefusedAsync("/echo", static request => request.Origin = "https://evil.example");
        Assert.Equal(403, foreign.StatusCode);
        Assert.NotNull(foreign.GetHeader("date"));
        Assert.Equal(0, server.Server.ConnectionCount);

        WsTestException opened = await Assert.ThrowsAsync<WsTestException>(() => server.RefusedAsync("/echo"));
        Assert.StartsWith("Expected a refusal on /echo", opened.Message, StringComparison.Ordinal);
        WsTestException refused = await Assert.ThrowsAsync<WsTestException>(() => server.ConnectAsync("/nowhere"));
        Assert.StartsWith("Expected a WebSocket on /nowhere, but the server answered: 404 Not", refused.Message, StringComparison.Ordinal);
        Assert.Contains("no route matches the path", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_missing_is_named()
    {
        Exception exception = await Assert.ThrowsAnyAsync<Exception>(static async () =>
        {
            await using WsTestServer server = WsTestServer.Create(WsRoutes.Table);
            await server.ConnectAsync("/chat/lobby", static request => request.BearerToken = "t");
        });
        Assert.Contains(nameof(Documentation.ITokens), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_pages_are_read()
    {
        await using WsTestServer server = Servers.Create(static builder => builder.AddPage("/about", "text/plain", "a server"u8.ToArray()));
        WsTestResponse page = await server.GetAsync("/about");
        Assert.Equal((200, "a server", "text/plain"), (page.StatusCode, page.Text, page.GetHeader("Content-Type")));
        WsTestResponse head = await server.SendAsync("HEAD", "/about");
        Assert.Equal((200, 0, "8"), (head.StatusCode, head.Body.Length, head.GetHeader("Content-Length")));
        Assert.Equal(405, (await server.PostAsync("/about", "{}")).StatusCode);
    }

    [Fact]
    public async Task A_handlers_exception_that_nobody_looked_at_is_thrown_at_the_end()
    {
        WsTestServer server = Servers.Create();
        WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendAsync("fail");
        WsTestException exception = await Assert.ThrowsAsync<WsTestException>(async () => await server.DisposeAsync());
        Assert.Equal("asked to fail", exception.InnerException!.Message);
        await server.DisposeAsync();
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handlers_exception_that_is_expected_is_not(bool isTaken)
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/echo");
        await client.SendAsync("fail");
        if (isTaken) Assert.Equal("asked to fail", Assert.Single(server.TakeExceptions()).Message);
        else server.ThrowOnHandlerExceptions = false;
    }

    [Fact]
    public async Task What_is_logged_is_kept_and_handed_on()
    {
        using var own = new Running.TestLog();
        await using WsTestServer server = Servers.Create(builder => builder.LoggerFactory = own);
        await server.RefusedAsync("/nowhere");
        WsTestLogEntry refused = Assert.Single(server.Log, static entry => entry.EventId.Name == "Refused");
        Assert.Equal((LogLevel.Information, "WsAot.Server"), (refused.Level, refused.Category));
        Assert.Equal(server.Log.Count, own.Entries.Length);
    }

    [Fact]
    public async Task A_stop_is_seen_by_clients()
    {
        var journal = new List<string>();
        await using WsTestServer server = Servers.Create(new Outside(), journal);
        await using WsTestClient client = await server.ConnectAsync("/slow");
        await server.StopAsync();
        Assert.Equal(new WsClose(1001, "the server is stopping", true), await client.ReceiveCloseAsync());
        Assert.Equal(["left: 1001"], journal);
        await Assert.ThrowsAsync<WsTestException>(() => server.ConnectAsync("/slow"));
    }

    [Fact]
    public async Task A_stop_can_be_watched_while_it_goes_on()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/slow");
        await client.SendAsync("clock");
        Task stop = server.Server.StopAsync();
        server.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(stop.IsCompleted);
        server.Advance(TimeSpan.FromMilliseconds(600));
        await stop;
    }

    [Fact]
    public async Task Another_clock_is_refused()
    {
        Assert.Throws<WsTestException>(static () => Servers.Create(static builder => builder.TimeProvider = TimeProvider.System));
        await using WsTestServer server = Servers.Create();
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), server.TimeProvider.GetUtcNow());
    }

    [Fact]
    public async Task Timers_of_the_clock_fire_in_the_order_of_their_times()
    {
        await using WsTestServer server = Servers.Create();
        var fired = new List<string>();
        void Note(object? name) => fired.Add((string)name!);
        await using ITimer late = server.TimeProvider.CreateTimer(Note, "late", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        await using ITimer often = server.TimeProvider.CreateTimer(Note, "often", TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1));
        server.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(["often", "often", "late", "often"], fired);
        often.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        server.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(4, fired.Count);
    }

    [Fact]
    public async Task Background_work_goes_on_on_the_thread_of_the_test()
    {
        await using WsTestServer server = Servers.Create();
        await using WsTestClient client = await server.ConnectAsync("/rooms/news");
        var threads = new List<int>();
        async Task PublishAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(1), server.TimeProvider);
            threads.Add(Environment.CurrentManagedThreadId);
            server.Server.Publish("news", "tick");
        }

        Task work = server.Pump.Context.Start(PublishAsync);
        int thread = Environment.CurrentManagedThreadId;
        server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([thread], threads);
        Assert.Equal("tick", await client.ReceiveTextAsync());
        await work;
    }
}
