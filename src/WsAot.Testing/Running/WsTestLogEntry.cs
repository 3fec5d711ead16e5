using Microsoft.Extensions.Logging;

namespace WsAot.Testing;

/// <summary>A line that the server or a handler has logged.</summary>
public sealed class WsTestLogEntry
{
    internal WsTestLogEntry(LogLevel level, string category, EventId eventId, string message, Exception? exception) =>
        (Level, Category, EventId, Message, Exception) = (level, category, eventId, message, exception);

    /// <summary>The level.</summary>
    public LogLevel Level { get; }

    /// <summary>The category: <c>WsAot.Server</c> for the server's own lines.</summary>
    public string Category { get; }

    /// <summary>The number and name of the event.</summary>
    public EventId EventId { get; }

    /// <summary>The text, with its values filled in.</summary>
    public string Message { get; }

    /// <summary>The exception that was logged; null if there was none.</summary>
    public Exception? Exception { get; }

    /// <summary>The level, the category, the text, and the type and text of the exception, on one line.</summary>
    public override string ToString()
    {
        string level = Level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "information",
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            _ => "critical",
        };
        string exception = Exception is null ? "" : $" {Exception.GetType()}: {Exception.Message}";
        return $"{level} {Category}: {Message}{exception}";
    }
}
