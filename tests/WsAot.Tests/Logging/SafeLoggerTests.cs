using Microsoft.Extensions.Logging;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Logging;

public sealed class SafeLoggerTests
{
    [Fact]
    public void A_logger_that_throws_neither_keeps_a_connection_open_nor_harms_another()
    {
        using var server = new TestServer(build: static builder => builder.LoggerFactory = new ThrowingLoggers());
        server.Script.Text = static (_, _) => throw new InvalidOperationException("of the handler");
        TestClient failing = server.Open("/script");
        TestClient other = server.Open("/echo");
        failing.Say("now");
        failing.ExpectClose(1011);
        other.Say("still here");
        Assert.Equal("still here", other.NextText());
    }

    private sealed class ThrowingLoggers : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("The disk is full.");

        public void Dispose()
        {
        }
    }
}
