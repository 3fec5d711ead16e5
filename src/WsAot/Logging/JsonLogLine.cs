using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// A log entry as one JSON object, with the names that the JSON console of Microsoft.Extensions.Logging uses: what reads those logs reads
/// these.
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
            json.WriteString("Timestamp"u8, time);
            json.WriteNumber("EventId"u8, eventId.Id);
            json.WriteString("LogLevel"u8, Name(level));
            json.WriteString("Category"u8, category);
            json.WriteString("Message"u8, message);
            if (exception is not null) json.WriteString("Exception"u8, exception.ToString());
            if (state is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                json.WriteStartObject("State"u8);
                WriteFields(json, fields);
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
        json.WriteStartArray("Scopes"u8);
        foreach (object? scope in all)
        {
            if (scope is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                json.WriteStartObject();
                json.WriteString("Message"u8, scope.ToString());
                WriteFields(json, fields);
                json.WriteEndObject();
            }
            else
            {
                json.WriteStringValue(Text(scope));
            }
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        foreach ((string name, object? value) in fields) WriteField(json, name, value);
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Text(value));
                break;
        }
    }

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
