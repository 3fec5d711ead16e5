using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>
/// A buffer for a message whose length is not known yet, because the frame header needs the length. Each thread keeps one for reuse, so
/// answering allocates nothing. If a second message is written inside the first (by a converter that calls a proxy), it gets another
/// buffer.
/// </summary>
internal sealed class JsonRpcOutput
{
    /// <summary>A larger buffer is not kept for reuse.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    /// <summary>
    /// Messages are never part of an HTML page, so only what JSON requires is escaped, which halves the length of text other than English.
    /// The writer validates, because invalid output of an application's converter would make the whole message unreadable.
    /// </summary>
    private static readonly JsonWriterOptions s_options = new() { Encoder = JsonRpcEncoder.Instance };

    [ThreadStatic]
    private static JsonRpcOutput? s_spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    private JsonRpcOutput() => _writer = new Utf8JsonWriter(_buffer, s_options);

    /// <summary>The bytes written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.WrittenMemory;

    /// <summary>Creates a writer for a message that is kept.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> buffer) => new(buffer, s_options);

    /// <summary>Returns an empty buffer. If writing fails, you do not need to return it: the garbage collector takes it.</summary>
    public static JsonRpcOutput Rent()
    {
        JsonRpcOutput output = s_spare ?? new JsonRpcOutput();
        s_spare = null;
        return output;
    }

    /// <summary>Returns the buffer for reuse.</summary>
    public void Return()
    {
        if (_buffer.Capacity > MaxKeptBytes) return;
        _buffer.ResetWrittenCount();
        s_spare = this;
    }

    /// <summary>Writes a response (section 5).</summary>
    public void WriteResult<T>(ReadOnlySpan<byte> id, T result, JsonTypeInfo<T> type)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"result\":"u8);
        WriteValue(result, type);
        WriteId(id);
    }

    /// <summary>Writes the response of a method that returns nothing: a result is required all the same (section 5).</summary>
    public void WriteNullResult(ReadOnlySpan<byte> id)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"result\":null"u8);
        WriteId(id);
    }

    /// <summary>Writes the answer to <c>$/subscribe</c>.</summary>
    /// <param name="id">The raw id.</param>
    /// <param name="subscribed">The result of the subscription.</param>
    /// <param name="member">The id of the client in the topic's presence; null if the topic has no presence.</param>
    public void WriteSubscribed(ReadOnlySpan<byte> id, WsSubscribed subscribed, string? member)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"result\":"u8);
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteNumber("epoch"u8, subscribed.Position.Epoch);
        _writer.WriteNumber("offset"u8, subscribed.Position.Offset);
        _writer.WriteBoolean("recovered"u8, subscribed.IsRecovered);
        if (member is not null) _writer.WriteString("member"u8, member);
        _writer.WriteEndObject();
        _writer.Flush();
        WriteId(id);
    }

    /// <summary>Writes the response to a call that failed with an error of the application's own (section 5.1).</summary>
    /// <param name="id">The raw id.</param>
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
        WriteId(id);
    }

    /// <summary>Writes the response to a call that failed with an error of the specification.</summary>
    /// <param name="id">The raw id; empty if it is unknown, which is written as null.</param>
    /// <param name="code">The error code.</param>
    /// <param name="data">JSON text; empty for none.</param>
    public void WriteError(ReadOnlySpan<byte> id, int code, ReadOnlySpan<byte> data)
    {
        _buffer.Write(JsonRpcErrorCode.ResponseOf(code));
        if (!data.IsEmpty)
        {
            _buffer.Write(",\"data\":"u8);
            _buffer.Write(data);
        }

        EndError(id);
    }

    /// <summary>Writes the response to a call with invalid parameters.</summary>
    /// <param name="id">The raw id.</param>
    /// <param name="problem">The sentence that says which parameter, and why.</param>
    public void WriteInvalidParams(ReadOnlySpan<byte> id, ReadOnlySpan<byte> problem)
    {
        _buffer.Write(JsonRpcErrorCode.ResponseOf(JsonRpcErrorCode.InvalidParams));
        _buffer.Write(",\"data\":"u8);
        _writer.Reset();
        _writer.WriteStringValue(problem);
        _writer.Flush();
        EndError(id);
    }

    /// <summary>Writes an item of a stream as the notification <c>$/progress</c> of the Language Server Protocol.</summary>
    public void WriteProgress<T>(ReadOnlySpan<byte> id, T item, JsonTypeInfo<T> type)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":"u8);
        _buffer.Write(id);
        _buffer.Write(",\"value\":"u8);
        WriteValue(item, type);
        _buffer.Write("}}"u8);
    }

    /// <summary>Tells the client that a subscription has ended.</summary>
    public void WriteUnsubscribed(string topic, int code, ReadOnlySpan<byte> message)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":\"$/unsubscribed\",\"params\":"u8);
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("topic"u8, topic);
        _writer.WriteNumber("code"u8, code);
        _writer.WriteString("message"u8, message);
        _writer.WriteEndObject();
        _writer.Flush();
        _buffer.Write("}"u8);
    }

    /// <summary>Tells the client to cancel one of our requests.</summary>
    public void WriteCancel(long id)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":"u8);
        WriteOwnId(id);
        _buffer.Write("}}"u8);
    }

    /// <summary>Writes a message to the client, up to its parameters.</summary>
    public void BeginMessage(ReadOnlySpan<byte> method)
    {
        _buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":"u8);
        _writer.Reset();
        _writer.WriteStringValue(method);
        _writer.Flush();
        _buffer.Write(",\"params\":["u8);
    }

    /// <summary>Writes the next parameter of the message.</summary>
    public void WriteParameter<T>(T argument, JsonTypeInfo<T> type)
    {
        // No JSON value ends with an opening bracket.
        if (Written[^1] != '[') _buffer.Write(","u8);
        WriteValue(argument, type);
    }

    /// <summary>Writes exactly one value.</summary>
    /// <exception cref="JsonException">A converter of the application wrote something else.</exception>
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

    private static void ThrowNothingWritten(JsonTypeInfo type) => throw new JsonException(
        $"The JsonConverter of {type.Type} wrote nothing.");

    private void EndError(ReadOnlySpan<byte> id)
    {
        _buffer.Write("}"u8);
        WriteId(id.IsEmpty ? "null"u8 : id);
    }

    private void WriteId(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> name = ",\"id\":"u8;
        Span<byte> room = _buffer.GetSpan(name.Length + id.Length + 1);
        name.CopyTo(room);
        id.CopyTo(room[name.Length..]);
        room[name.Length + id.Length] = (byte)'}';
        _buffer.Advance(name.Length + id.Length + 1);
    }

    /// <summary>
    /// Writes an id as <c>"s1"</c>. Some clients take any message with the id of one of their own calls as its answer (rpc-websockets
    /// 10.0.1), and their ids are usually numbers.
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
