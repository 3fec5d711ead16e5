using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// The state of a log entry: the names and values of a template's placeholders for structured logging, and the template itself as
/// <c>{OriginalFormat}</c>. The generator of Microsoft.Extensions.Logging would create a generic state type for each combination of types,
/// which adds 110 KB to the native file.
/// </summary>
internal sealed class LogEntry : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _fields;
    private readonly string _text;

    private LogEntry(string template, ReadOnlySpan<object?> values)
    {
        _fields = new KeyValuePair<string, object?>[values.Length + 1];
        var text = new StringBuilder();
        int start = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int open = template.IndexOf('{', start);
            int close = template.IndexOf('}', open);
            _fields[i] = new(template[(open + 1)..close], values[i]);
            text.Append(template, start, open - start).Append(Convert.ToString(values[i], CultureInfo.InvariantCulture));
            start = close + 1;
        }

        _fields[^1] = new("{OriginalFormat}", template);
        _text = text.Append(template, start, template.Length - start).ToString();
    }

    public int Count => _fields.Length;

    public KeyValuePair<string, object?> this[int index] => _fields[index];

    /// <summary>Logs an entry if its level is enabled.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="level">The level.</param>
    /// <param name="id">The event id.</param>
    /// <param name="exception">The exception; null if there is none.</param>
    /// <param name="template">The text, with a placeholder for each value, in order.</param>
    /// <param name="values">The values.</param>
    /// <param name="name">The event name: that of the calling method.</param>
    public static void Write(
        ILogger logger,
        LogLevel level,
        int id,
        Exception? exception,
        string template,
        ReadOnlySpan<object?> values = default,
        [CallerMemberName] string name = "")
    {
        if (!logger.IsEnabled(level)) return;
        var entry = new LogEntry(template, values);
        logger.Log(level, new EventId(id, name), entry, exception, static (entry, _) => entry._text);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.AsEnumerable().GetEnumerator();

    public override string ToString() => _text;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
