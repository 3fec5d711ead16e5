using System.Buffers;
using System.Text.Json;

namespace WsAot.Testing.JsonRpc;

/// <summary>Writes the messages of a JSON-RPC 2.0 client.</summary>
internal static class RpcText
{
    /// <summary>Writes a request or a notification.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">An array passes them by position, an object by name; null for none.</param>
    /// <param name="id">The id of a request; null for a notification.</param>
    /// <param name="options">The options to convert values with.</param>
    public static byte[] Request(string method, object? parameters, long? id, JsonSerializerOptions options) => Write(writer =>
    {
        writer.WriteString("method"u8, method);
        if (parameters is object?[] values)
        {
            writer.WriteStartArray("params"u8);
            foreach (object? value in values) WriteValue(writer, value, options);
            writer.WriteEndArray();
        }
        else if (parameters is not null)
        {
            writer.WritePropertyName("params"u8);
            WriteValue(writer, parameters, options);
        }

        if (id is { } number) writer.WriteNumber("id"u8, number);
    });

    /// <summary>Writes the notification that cancels a request.</summary>
    public static byte[] Cancellation(long id) => Write(writer =>
    {
        writer.WriteString("method"u8, "$/cancelRequest"u8);
        writer.WriteStartObject("params"u8);
        writer.WriteNumber("id"u8, id);
        writer.WriteEndObject();
    });

    /// <summary>Writes the answer to a request of the server.</summary>
    public static byte[] Result(JsonElement id, object? result, JsonSerializerOptions options) => Write(writer =>
    {
        WriteId(writer, id);
        writer.WritePropertyName("result"u8);
        WriteValue(writer, result, options);
    });

    /// <summary>Writes an error as the answer to a request of the server.</summary>
    public static byte[] Error(JsonElement id, JsonRpcException error) => Write(writer =>
    {
        WriteId(writer, id);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        if (!error.DataUtf8.IsEmpty)
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(error.DataUtf8.Span);
        }

        writer.WriteEndObject();
    });

    private static void WriteId(Utf8JsonWriter writer, JsonElement id)
    {
        writer.WritePropertyName("id"u8);
        id.WriteTo(writer);
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
    {
        if (value is null) writer.WriteNullValue();
        else JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
