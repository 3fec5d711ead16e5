using Microsoft.Extensions.Logging;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Logging;

/// <summary>The lines for each connection that opens and that has closed.</summary>
public sealed class ConnectionLogTests : IDisposable
{
    private const int Opened = 40;
    private const int Closed = 41;

    private TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_line_says_that_it_has_opened_and_one_how_it_has_closed()
    {
        TestClient client = _server.Open("/room/lobby%0Anew");
        string from = $"on /room/lobby\\x0Anew from {_server.Server.GetConnections()[0].RemoteEndPoint}: "
            + "/room/{name} of WsAot.Tests.Handlers.Room, subprotocol ''.";
        Assert.Equal($"Opened connection 1 {from}", Line(Opened).Message);
        client.Say("caf\u00E9");
        client.Say("12345678");
        _server.Advance(1500);
        client.SendRaw(Frame.Close(4000, "bye \u001B"));
        client.Shutdown();
        Assert.Equal(
            $"Closed connection 1 {from} 4000 'bye \\x1B', PeerClosed, clean: True, after 1500 ms; "
            + "received 2 messages (13 bytes), sent 2 (13 bytes).",
            Line(Closed).Message);
        Assert.Equal((LogLevel.Debug, LogLevel.Debug), (Line(Opened).Level, Line(Closed).Level));
    }

    [Fact]
    public void They_are_at_information_if_the_operator_asks_for_them()
    {
        Restart(static options => options.LogConnections = true);
        _server.Open("/echo").Reset();
        Assert.Equal((LogLevel.Information, LogLevel.Information), (Line(Opened).Level, Line(Closed).Level));
        Assert.Contains(" 1006 '', PeerReset, clean: False, after 0 ms; received 0 ", Line(Closed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PeerShutdown", 1006)]
    [InlineData("Closed", 4001)]
    [InlineData("Aborted", 1006)]
    [InlineData("UnsupportedData", 1003)]
    [InlineData("ProtocolError", 1002)]
    [InlineData("HandlerFailed", 1011)]
    [InlineData("Stopping", 1001)]
    public void They_say_who_ended_it(string cause, int code)
    {
        _server.Script.OnText(static (_, _) => throw new InvalidOperationException());
        TestClient client = _server.Open(cause == "UnsupportedData" ? "/text-only" : "/script");
        WsConnection connection = _server.Server.GetConnections()[0];
        if (cause == "PeerShutdown") client.Shutdown();
        else if (cause == "Closed") connection.Close(4001, "enough");
        else if (cause == "Aborted") connection.Abort();
        else if (cause == "UnsupportedData") client.SendRaw(Frame.Binary([1]));
        else if (cause == "ProtocolError") client.SendRaw([0xFF, 0x80, 0, 0, 0, 0]);
        else if (cause == "HandlerFailed") client.Say("throw");
        else _ = _server.Server.StopAsync();
        _server.Run();
        client.Reset();
        Assert.Contains($" {code} '", Line(Closed).Message, StringComparison.Ordinal);
        Assert.Contains($"', {cause}, clean: False", Line(Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_messages_answers_and_fragments_are_counted_and_pings_are_not()
    {
        _server.Open("/room/a").Say("1234");
        TestClient client = _server.Open("/room/a");
        client.SendRaw(Frame.Text("12", fin: false), Frame.Continuation("345"), Frame.Ping("x"), [0x8A, 0x80, 0, 0, 0, 0]);
        _server.Server.SendToAll("to all");
        _server.Run();
        client.Reset();
        Assert.EndsWith("received 1 messages (5 bytes), sent 2 (11 bytes).", Line(Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_asks_for_is_not_counted()
    {
        Restart(null, static builder => builder.LoggerFactory = new Quiet());
        TestClient client = _server.Open("/echo");
        client.Say("a");
        client.Reset();
        Assert.Empty(_server.Log.Entries);
    }

    private ListLog.Entry Line(int id) => Assert.Single(_server.Log.Entries, entry => entry.Id == id);

    private void Restart(Action<WsServerOptions>? configure, Action<WsServerBuilder>? build = null)
    {
        _server.Dispose();
        _server = new TestServer(configure, build: build);
    }

    /// <summary>Has debug off, and fails if it is written to below information.</summary>
    private sealed class Quiet : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Assert.True(IsEnabled(logLevel));

        public void Dispose()
        {
        }
    }
}
