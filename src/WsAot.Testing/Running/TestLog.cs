using Microsoft.Extensions.Logging;

namespace WsAot.Testing.Running;

/// <summary>Keeps the log entries, and passes them to the test's own logger if there is one. Any thread.</summary>
internal sealed class TestLog : ILoggerFactory
{
    /// <summary>The category in which the server logs exceptions of handlers.</summary>
    public const string ServerCategory = "WsAot.Server";

    private readonly Lock _lock = new();
    private readonly List<WsTestLogEntry> _entries = [];
    private readonly List<Exception> _exceptions = [];

    /// <summary>The test's own factory; null if there is none.</summary>
    public ILoggerFactory? Next { get; set; }

    public WsTestLogEntry[] Entries
    {
        get
        {
            lock (_lock) return [.. _entries];
        }
    }

    /// <summary>The exceptions of handlers since the last call.</summary>
    public Exception[] TakeExceptions()
    {
        lock (_lock)
        {
            Exception[] taken = [.. _exceptions];
            _exceptions.Clear();
            return taken;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName, Next?.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Set builder.LoggerFactory to a factory with this provider.");

    public void Dispose()
    {
    }

    private void Add(WsTestLogEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            if (entry is { Category: ServerCategory, Level: >= LogLevel.Error, Exception: { } exception }) _exceptions.Add(exception);
        }
    }

    private sealed class Logger(TestLog log, string category, ILogger? next) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => next?.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log.Add(new WsTestLogEntry(logLevel, category, eventId, formatter(state, exception), exception));
            next?.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
