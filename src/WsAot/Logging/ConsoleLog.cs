using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// Writes each log entry to stderr at once, as one line; as text, the lines of an exception follow it, indented. It is our own because
/// Microsoft.Extensions.Logging.Console would add 1.8 MB to the native file.
/// </summary>
internal sealed class ConsoleLog(LogLevel minLevel, LogFormat format, Stream output, TimeProvider timeProvider) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private readonly LogLevel _minLevel = minLevel;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The console log has no providers.");

    public void Dispose()
    {
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "crit",
    };

    private void Write(LogLevel level, string category, EventId eventId, string message, Exception? exception)
    {
        string time = timeProvider.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        byte[] line = format == LogFormat.Json
            ? Json(time, level, category, eventId, message, exception)
            : Text(time, level, category, message, exception);
        lock (_lock)
        {
            try
            {
                output.Write(line);
                output.Flush();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Stderr is closed or full; the server keeps running.
            }
        }
    }

    private static byte[] Text(string time, LogLevel level, string category, string message, Exception? exception)
    {
        string lines = exception is null ? "" : LogText.InIndentedLines(exception);
        return Encoding.UTF8.GetBytes($"{time} {Name(level)} {category}: {LogText.InOneLine(message)}\n{lines}");
    }

    private static byte[] Json(string time, LogLevel level, string category, EventId eventId, string message, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, time);
            json.WriteString("level"u8, Name(level));
            json.WriteString("category"u8, category);
            json.WriteNumber("event"u8, eventId.Id);
            json.WriteString("message"u8, message);
            if (exception is not null) json.WriteString("exception"u8, exception.ToString());
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private sealed class Logger(ConsoleLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log._minLevel && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(logLevel, category, eventId, formatter(state, exception), exception);
        }
    }
}
