using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// The state of every log entry: the names and values of a template's placeholders, as a provider for structured logs reads them, and the
/// template itself as <c>{OriginalFormat}</c>. The generator of Microsoft.Extensions.Logging would make a generic state for each set of
/// types, which takes 110 KB more of the native file.
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

    /// <summary>Logs an entry, if the level is on.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="level">The level.</param>
    /// <param name="id">The number of the event.</param>
    /// <param name="exception">What was thrown; null if nothing was.</param>
    /// <param name="template">The text, with a placeholder for each value in its order.</param>
    /// <param name="values">The values.</param>
    /// <param name="name">The name of the event: the calling method's.</param>
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
