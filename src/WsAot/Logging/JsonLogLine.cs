using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// A log entry as one JSON object, with the property names of Microsoft.Extensions.Logging's JSON console, so that tools for those logs can
/// read it.
/// </summary>
internal static class JsonLogLine
{
    public static byte[] Write(
        string time,
        LogLevel level,
        string category,
        EventId eventId,
        object? state,
        string message,
        Exception? exception,
        IExternalScopeProvider scopes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteField(json, "Timestamp", time);
            WriteField(json, "EventId", eventId.Id);
            WriteField(json, "LogLevel", Name(level));
            WriteField(json, "Category", category);
            WriteField(json, "Message", message);
            if (exception is not null) WriteField(json, "Exception", exception);
            if (state is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                json.WritePropertyName("State");
                json.WriteStartObject();
                foreach ((string name, object? value) in fields) WriteField(json, name, value);
                json.WriteEndObject();
            }

            WriteScopes(json, scopes);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "Trace",
        LogLevel.Debug => "Debug",
        LogLevel.Information => "Information",
        LogLevel.Warning => "Warning",
        LogLevel.Error => "Error",
        _ => "Critical",
    };

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider scopes)
    {
        var all = new List<object?>();
        scopes.ForEachScope(static (scope, all) => all.Add(scope), all);
        if (all.Count == 0) return;
        json.WritePropertyName("Scopes");
        json.WriteStartArray();
        foreach (object? scope in all)
        {
            if (scope is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                json.WriteStartObject();
                WriteField(json, "Message", scope.ToString());
                foreach ((string name, object? value) in fields) WriteField(json, name, value);
                json.WriteEndObject();
            }
            else
            {
                json.WriteStringValue(Text(scope));
            }
        }

        json.WriteEndArray();
    }

    // One method for all types: each further method of the writer would add code for indented output, which is not used.
    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        if (Literal(value) is { } literal) json.WriteRawValue(literal, skipInputValidation: true);
        else json.WriteStringValue(Text(value));
    }

    /// <summary>The value as a JSON literal; null if it must be written as a string.</summary>
    private static string? Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        double number => double.IsFinite(number) ? Text(number) : null,
        float number => float.IsFinite(number) ? Text(number) : null,
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Text(value),
        _ => null,
    };

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
