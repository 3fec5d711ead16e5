using Microsoft.Extensions.Logging;

namespace WsAot.Testing;

/// <summary>A line that the server or a handler has logged.</summary>
/// <param name="Level">The level.</param>
/// <param name="Category">The category: <c>WsAot.Server</c> for the server's own lines.</param>
/// <param name="EventId">The number and name of the event.</param>
/// <param name="Message">The text, with its values.</param>
/// <param name="Exception">The exception that was logged; null if there was none.</param>
public sealed record WsTestLogEntry(LogLevel Level, string Category, EventId EventId, string Message, Exception? Exception)
{
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
