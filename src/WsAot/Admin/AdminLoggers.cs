using Microsoft.Extensions.Logging;

namespace WsAot.Admin;

/// <summary>
/// Makes the server behind the admin listener log under a category of its own, and only warnings and errors: the main server logs the start
/// and the stop.
/// </summary>
internal sealed class AdminLoggers(ILoggerFactory inner) : ILoggerFactory
{
    private const string Category = "WsAot.Admin";

    public ILogger CreateLogger(string categoryName) => new Warnings(inner.CreateLogger(Category));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Add providers to the application's own factory.");

    public void Dispose()
    {
        // The application owns the factory.
    }

    private sealed class Warnings(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
