using Microsoft.Extensions.Logging;

namespace WsAot.Fuzz.Sessions;

/// <summary>Keeps the server's log events with level Error or Critical.</summary>
internal sealed class CapturingLog : ILoggerFactory, ILogger
{
    /// <summary>The event for an exception of a handler. Some handlers throw on purpose.</summary>
    private const int HandlerFailed = 5;

    public int HandlerFailures { get; private set; }

    /// <summary>The first error that is not intended.</summary>
    public string? Problem { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        if (eventId.Id == HandlerFailed && exception is IntendedException) HandlerFailures++;
        else Problem ??= $"{logLevel}: {formatter(state, exception)} {exception}";
    }
}
