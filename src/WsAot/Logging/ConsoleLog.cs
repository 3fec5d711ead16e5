using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// Writes each log entry to stderr at once, as one line. In the text format, the lines of an exception follow it, indented. Scopes are
/// written only as JSON. It is our own class because Microsoft.Extensions.Logging.Console would add 1.8 MB to the native file.
/// </summary>
internal sealed class ConsoleLog(LogFilter filter, LogFormat format, Stream output, TimeProvider timeProvider) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private LogFilter _filter = filter;
    private readonly LoggerExternalScopeProvider? _scopes = format == LogFormat.Json ? new() : null;

    /// <summary>Decides which entries are written. Any thread; a new filter applies from the next entry on.</summary>
    public LogFilter Filter
    {
        get => Volatile.Read(ref _filter);
        set => Volatile.Write(ref _filter, value);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The console log has no providers.");

    public void Dispose()
    {
    }

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "crit",
    };

    private static byte[] Text(string time, LogLevel level, string category, string message, Exception? exception)
    {
        string lines = exception is null ? "" : LogText.InIndentedLines(exception);
        // On the stack for the same reason as the time: see TimeText.
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            stackalloc char[256],
            $"{time} {Name(level)} {category}: {LogText.InOneLine(message)}\n{lines}"));
    }

    private void Write(byte[] line)
    {
        lock (_lock)
        {
            try
            {
                output.Write(line);
                output.Flush();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Stderr is closed or full. The server keeps running.
            }
        }
    }

    private sealed class Logger(ConsoleLog log, string category) : ILogger
    {
        private LogLevel _minLevel;
        private LogFilter? _filter;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel)
        {
            LogFilter filter = log.Filter;
            // Two threads may both look it up, with the same result.
            if (!ReferenceEquals(filter, Volatile.Read(ref _filter)))
            {
                _minLevel = filter.LevelFor(category);
                Volatile.Write(ref _filter, filter);
            }

            return logLevel >= _minLevel && logLevel != LogLevel.None;
        }

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            string time = TimeText.Rfc3339(log.Now);
            string message = formatter(state, exception);
            log.Write(log._scopes is { } scopes
                ? JsonLogLine.Write(time, logLevel, category, eventId, state, message, exception, scopes)
                : Text(time, logLevel, category, message, exception));
        }
    }
}
