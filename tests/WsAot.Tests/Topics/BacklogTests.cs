using Microsoft.Extensions.Logging;
using WsAot.Tests.Harness;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

/// <summary>Publishing is bounded by what the other loops deliver.</summary>
public sealed class BacklogTests : IDisposable
{
    private const int Messages = 300;

    private readonly TestServer _server = new(loops: 2);

    private readonly List<string> _heard = [];

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Who_publishes_faster_than_another_loop_delivers_is_not_read_until_it_has()
    {
        byte[] large = new byte[64 * 1024];
        _server.Script.OnText((connection, text) =>
        {
            _heard.Add(text);
            for (int i = 0; i < Messages && text == "many"; i++) connection.PublishBinary("a", large);
        });
        TestClient publisher = _server.Open("/script");
        TestClient subscriber = _server.Open("/room/a");
        publisher.Peer.Send([.. Frame.Text("many"), .. Frame.Text("then this")]);
        _server.Transport.RunBatch();
        Assert.Equal(["many"], _heard);
        _server.Run();
        Assert.Equal(["many", "then this"], _heard);
        Assert.Equal(Messages, subscriber.Drain().Count);
    }

    [Fact]
    public void What_another_thread_publishes_beyond_the_limit_is_dropped_and_once_it_is_delivered_more_is_taken()
    {
        // 1,000 bytes, the head of their frame, and 256 for the objects around it: seven fit.
        using var server = new TestServer(build: static builder => builder.Backlog = new DeliveryBacklog(8 * 1260 - 1));
        TestClient subscriber = server.Open("/room/a");
        for (int round = 1; round <= 2; round++)
        {
            // The test's own thread is no loop.
            for (byte i = 0; i < 20; i++) server.Server.PublishBinary("a", [i, .. new byte[999]]);
            subscriber.ExpectNothing();
            server.Run();
            Assert.Equal([0, 1, 2, 3, 4, 5, 6], subscriber.Drain().Select(static frame => frame.Payload[0]));
            Assert.Equal(13 * round, server.Log.Entries.Count(static entry => entry.Id == 11));
            // So many lines are logged in a second.
            server.Advance(1000);
        }
    }

    [Fact]
    public void The_log_may_publish_on_another_thread_when_it_hears_of_a_dropped_message()
    {
        var log = new PublishingLog();
        using var server = new TestServer(
            build: builder => (builder.Backlog, builder.LoggerFactory) = (new DeliveryBacklog(100), log));
        server.Open("/room/a");
        log.Server = server.Server;
        server.Server.PublishBinary("a", new byte[1000]);
        Assert.True(log.HasPublished);
    }

    /// <summary>Publishes to the topic whose message was dropped, and waits until that is done.</summary>
    private sealed class PublishingLog : ILoggerFactory, ILogger
    {
        public WsServer? Server { get; set; }

        public bool HasPublished { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id != 11 || Server is not { } server) return;
            Server = null;
            // The message that it publishes is dropped too; only the first is answered.
            HasPublished = Task.Run(() => server.PublishBinary("a", [1])).Wait(TimeSpan.FromMinutes(1));
        }

        public void Dispose()
        {
        }
    }
}
