using Microsoft.Extensions.Logging;

namespace WsAot.Tests.Harness;

/// <summary>Keeps what is logged.</summary>
public sealed class ListLog : ILoggerFactory, ILogger
{
    public List<Entry> Entries { get; } = [];

    public IEnumerable<Entry> Errors => Entries.Where(entry => entry.Level >= LogLevel.Error);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Add(new Entry(logLevel, eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }

    public sealed record Entry(LogLevel Level, int Id, string Message, Exception? Exception);
}
