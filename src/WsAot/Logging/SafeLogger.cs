using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// Wraps the application's logger and ignores its exceptions: a full disk must not end a loop, nor prevent a connection from being closed.
/// </summary>
internal sealed class SafeLogger(ILogger inner) : ILogger
{
    /// <summary>The category of the server's own log entries.</summary>
    public const string ServerCategory = "WsAot.Server";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is nowhere left to report to.
        }
    }
}
