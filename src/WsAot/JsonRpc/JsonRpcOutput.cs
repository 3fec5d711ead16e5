using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>
/// Where a message is written before its length is known, which the frame's header needs. A thread keeps one for reuse, so that answering
/// allocates nothing; whoever writes a second one within the first (a converter that calls a proxy) gets another.
/// </summary>
internal sealed class JsonRpcOutput
{
    /// <summary>One that grew beyond this is let go.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    /// <summary>
    /// What is sent is never part of a page, so only what JSON itself asks for is escaped: other text than English is half as long. Validated,
    /// since what a converter of the user's writes is in one message with what is ours, which nobody can read then.
    /// </summary>
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static JsonRpcOutput? s_spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    private JsonRpcOutput() => _writer = new Utf8JsonWriter(_buffer, s_options);

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>An empty one. Whoever does not bring it back, since writing failed, leaves it to the collector.</summary>
    public static JsonRpcOutput Rent()
    {
        JsonRpcOutput output = s_spare ?? new JsonRpcOutput();
        s_spare = null;
        return output;
    }

    /// <summary>Brings it back.</summary>
    public void Return()
    {
        if (_buffer.Capacity > MaxKeptBytes) return;
        _buffer.ResetWrittenCount();
        s_spare = this;
    }

    /// <summary>A response (section 5).</summary>
    public void WriteResult<T>(ReadOnlySpan<byte> id, T result, JsonTypeInfo<T> type)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"result\":"u8);
        WriteValue(result, type);
        WriteId(id);
    }

    /// <summary>A response of a method that returns nothing: the result must be there all the same (section 5).</summary>
    public void WriteNullResult(ReadOnlySpan<byte> id)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"result\":null"u8);
        WriteId(id);
    }

    /// <summary>A response that is an error (section 5.1).</summary>
    /// <param name="id">The raw id; empty where it is not known, which is said as null.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="data">JSON text; empty for none.</param>
    public void WriteError(ReadOnlySpan<byte> id, int code, string message, ReadOnlySpan<byte> data)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"error\":"u8);
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteNumber("code"u8, code);
        _writer.WriteString("message"u8, message);
        if (!data.IsEmpty)
        {
            _writer.WritePropertyName("data"u8);
            _writer.WriteRawValue(data, skipInputValidation: true);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        WriteId(id.IsEmpty ? "null"u8 : id);
    }

    /// <summary>An item of a stream: the notification <c>$/progress</c> of the Language Server Protocol.</summary>
    public void WriteProgress<T>(ReadOnlySpan<byte> id, T item, JsonTypeInfo<T> type)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":"u8);
        _buffer.Write(id);
        _buffer.Write(",\"value\":"u8);
        WriteValue(item, type);
        _buffer.Write("}}"u8);
    }

    /// <summary>That the client may give up what we had asked of it.</summary>
    public void WriteCancel(long id)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":"u8);
        WriteOwnId(id);
        _buffer.Write("}}"u8);
    }

    /// <summary>A message of ours to the client, as far as its parameters.</summary>
    public void BeginMessage(ReadOnlySpan<byte> method)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":"u8);
        _writer.Reset();
        _writer.WriteStringValue(method);
        _writer.Flush();
        _buffer.Write(",\"params\":["u8);
    }

    /// <summary>The next parameter of a message that was begun.</summary>
    public void WriteParameter<T>(T argument, JsonTypeInfo<T> type)
    {
        // No value ends so.
        if (Written[^1] != '[') _buffer.Write(","u8);
        WriteValue(argument, type);
    }

    /// <summary>Exactly one value.</summary>
    /// <exception cref="JsonException">A converter of the user's wrote something else.</exception>
    public void WriteValue<T>(T value, JsonTypeInfo<T> type)
    {
        _writer.Reset();
        JsonSerializer.Serialize(_writer, value, type);
        if (_writer.BytesCommitted == 0) ThrowNothingWritten(type);
    }

    /// <summary>Ends a message as a notification.</summary>
    public void EndNotification() => _buffer.Write("]}"u8);

    /// <summary>Ends a message as a request.</summary>
    public void EndRequest(long id)
    {
        _buffer.Write("],\"id\":"u8);
        WriteOwnId(id);
        _buffer.Write("}"u8);
    }

    private static void ThrowNothingWritten(JsonTypeInfo type) => throw new JsonException($"The JsonConverter of {type.Type} wrote nothing.");

    private void WriteId(ReadOnlySpan<byte> id)
    {
        _buffer.Write(",\"id\":"u8);
        _buffer.Write(id);
        _buffer.Write("}"u8);
    }

    /// <summary>
    /// As <c>"s1"</c>: there are clients that take whatever has the id of a call of theirs for its answer (rpc-websockets 10.0.1), and theirs
    /// are numbers as a rule.
    /// </summary>
    private void WriteOwnId(long id)
    {
        Span<byte> text = _buffer.GetSpan(32);
        "\"s"u8.CopyTo(text);
        Utf8Formatter.TryFormat(id, text[2..], out int digits);
        text[2 + digits] = (byte)'"';
        _buffer.Advance(3 + digits);
    }
}
