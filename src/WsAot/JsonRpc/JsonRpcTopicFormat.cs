using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using WsAot.Protocol.Frames;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>
/// The messages of topics as JSON-RPC notifications. Extra members have the position, so that clients that do not know them read the
/// message like any other. Any thread.
/// </summary>
internal sealed class JsonRpcTopicFormat : ITopicFormat
{
    // ,"offset":9007199254740991,"before":9007199254740991
    private const int MaxPlaceBytes = 64;

    private JsonRpcTopicFormat()
    {
    }

    public static JsonRpcTopicFormat Instance { get; } = new();

    private static ReadOnlySpan<byte> Whitespace => " \t\r\n"u8;

    private static ReadOnlySpan<byte> Skip => "{\"jsonrpc\":\"2.0\",\"method\":\"$/skip\""u8;

    private static ReadOnlySpan<byte> Topic => ",\"topic\":"u8;

    /// <inheritdoc/>
    public byte[] Quote(string topic) => JsonRpcErrors.ToJson(topic);

    /// <inheritdoc/>
    // Must be an object with at least one member, so that members can be appended. The rest is not checked: the publisher is the
    // application.
    public bool Accepts(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> json = payload.Trim(Whitespace);
        bool isObject = opcode == Opcode.Text && json.Length > 2 && json[0] == '{' && json[^1] == '}';
        return isObject && json[1..].TrimStart(Whitespace)[0] == '"';
    }

    /// <inheritdoc/>
    public byte[] CreateSkip(ReadOnlySpan<byte> topic, long offset, long before) => CreateFrame(Skip, topic, offset, before);

    /// <inheritdoc/>
    // Publishing in this process refuses invalid messages, but other servers and NATS clients can send anything.
    public byte[] CreateFrame(Opcode opcode, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> topic, long offset, long before) =>
        CreateFrame(Accepts(opcode, payload) ? payload.Trim(Whitespace)[..^1] : Skip, topic, offset, before);

    /// <inheritdoc/>
    public byte[] WritePresent(ReadOnlySpan<byte> topic, long version, IReadOnlyCollection<WsMember> present)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using Utf8JsonWriter writer = Begin(buffer, topic, version);
        writer.WritePropertyName("present"u8);
        Write(writer, present);
        return End(writer, buffer);
    }

    /// <inheritdoc/>
    public byte[] WriteChange(
        ReadOnlySpan<byte> topic, long version, IReadOnlyCollection<string> left, IReadOnlyCollection<WsMember> joined)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using Utf8JsonWriter writer = Begin(buffer, topic, version);
        writer.WriteStartArray("left"u8);
        foreach (string id in left) writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WritePropertyName("joined"u8);
        Write(writer, joined);
        return End(writer, buffer);
    }

    /// <summary>Writes the notification up to its specific members.</summary>
    private static Utf8JsonWriter Begin(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> topic, long version)
    {
        Utf8JsonWriter writer = JsonRpcOutput.CreateWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteString("method"u8, "$/presence"u8);
        writer.WriteStartObject("params"u8);
        writer.WritePropertyName("topic"u8);
        writer.WriteRawValue(topic, skipInputValidation: true);
        writer.WriteNumber("version"u8, version);
        return writer;
    }

    private static byte[] End(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="message">The message without its last brace.</param>
    /// <param name="topic">The name of the topic, quoted.</param>
    /// <param name="offset">The number of the message.</param>
    /// <param name="before">The number of the message before it.</param>
    private static byte[] CreateFrame(ReadOnlySpan<byte> message, ReadOnlySpan<byte> topic, long offset, long before)
    {
        Span<byte> place = stackalloc byte[MaxPlaceBytes];
        place = place[..WritePlace(place, offset, before)];
        int length = message.Length + Topic.Length + topic.Length + place.Length;
        int headerLength = FrameWriter.GetHeaderLength(length);
        byte[] frame = GC.AllocateUninitializedArray<byte>(headerLength + length);
        FrameWriter.WriteHeader(frame, Opcode.Text, length);
        Span<byte> rest = frame.AsSpan(headerLength);
        message.CopyTo(rest);
        rest = rest[message.Length..];
        Topic.CopyTo(rest);
        topic.CopyTo(rest[Topic.Length..]);
        place.CopyTo(rest[(Topic.Length + topic.Length)..]);
        return frame;
    }

    /// <summary>Writes the members of the position, and the end of the object.</summary>
    /// <returns>The length.</returns>
    private static int WritePlace(Span<byte> place, long offset, long before)
    {
        int length = 0;
        if (offset > 0)
        {
            Write(place, ref length, ",\"offset\":"u8, offset);
            Write(place, ref length, ",\"before\":"u8, before);
        }

        place[length] = (byte)'}';
        return length + 1;
    }

    private static void Write(Span<byte> place, ref int length, ReadOnlySpan<byte> name, long number)
    {
        name.CopyTo(place[length..]);
        length += name.Length;
        Utf8Formatter.TryFormat(number, place[length..], out int digits);
        length += digits;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyCollection<WsMember> members)
    {
        writer.WriteStartArray();
        foreach (WsMember member in members)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, member.Id);
            if (member.User is not null) writer.WriteString("user"u8, member.User);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
