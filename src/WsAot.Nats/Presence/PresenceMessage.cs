using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WsAot.Nats.Presence;

/// <summary>
/// A message between servers about presence, as JSON. For a topic: the changes on a server since its last message, the full list, or a
/// request for the full list of others. Without a topic: a server is alive, or stops.
/// </summary>
internal sealed class PresenceMessage
{
    /// <summary>Names are not escaped, because no browser reads this, and an escaped letter would take three times its bytes.</summary>
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The server that sends it.</summary>
    public required string Node { get; init; }

    /// <summary>The number of the change. It grows with each change of the server.</summary>
    public long Version { get; init; }

    /// <summary>The number of the topic's previous change; 0 if it had no members.</summary>
    public long Before { get; init; }

    /// <summary>Whether <see cref="Joined"/> is the full list.</summary>
    public bool IsAll { get; init; }

    /// <summary>Whether another part follows, with the next number and this one as its <see cref="Before"/>.</summary>
    public bool HasMore { get; init; }

    /// <summary>The server that should send its full list: <c>*</c> for all, null for none.</summary>
    public string? Asks { get; init; }

    /// <summary>Whether the server stops.</summary>
    public bool IsGone { get; init; }

    public IReadOnlyCollection<WsMember> Joined { get; init; } = [];

    public IReadOnlyCollection<string> Left { get; init; } = [];

    /// <summary>Whether it has the full list or changes.</summary>
    public bool IsChange => IsAll || Joined.Count > 0 || Left.Count > 0;

    /// <returns>Null if it is not one of ours.</returns>
    public static PresenceMessage? Read(in ReadOnlySequence<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "node") is not { } node) return null;
            return new PresenceMessage
            {
                Node = node,
                Version = Number(root, "version"),
                Before = Number(root, "before"),
                IsAll = Flag(root, "all"),
                HasMore = Flag(root, "more"),
                Asks = Text(root, "asks"),
                IsGone = Flag(root, "gone"),
                Joined = ReadMembers(root),
                Left = ReadIds(root),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_writing))
        {
            writer.WriteStartObject();
            writer.WriteString("node"u8, Node);
            if (Version > 0) writer.WriteNumber("version"u8, Version);
            if (Before > 0) writer.WriteNumber("before"u8, Before);
            if (IsAll) writer.WriteBoolean("all"u8, true);
            if (HasMore) writer.WriteBoolean("more"u8, true);
            if (IsGone) writer.WriteBoolean("gone"u8, true);
            if (Asks is not null) writer.WriteString("asks"u8, Asks);
            if (Joined.Count > 0) WriteMembers(writer);
            if (Left.Count > 0)
            {
                writer.WriteStartArray("left"u8);
                foreach (string id in Left) writer.WriteStringValue(id);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : 0;

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static List<WsMember> ReadMembers(JsonElement root)
    {
        var members = new List<WsMember>();
        if (!root.TryGetProperty("joined", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return members;
        foreach (JsonElement member in list.EnumerateArray())
        {
            if (member.ValueKind != JsonValueKind.Object || Text(member, "id") is not { } id) continue;
            members.Add(new WsMember(id, Text(member, "user")));
        }

        return members;
    }

    private static List<string> ReadIds(JsonElement root)
    {
        var ids = new List<string>();
        if (!root.TryGetProperty("left", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return ids;
        foreach (JsonElement id in list.EnumerateArray())
        {
            if (id.ValueKind == JsonValueKind.String) ids.Add(id.GetString()!);
        }

        return ids;
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("joined"u8);
        foreach (WsMember member in Joined)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, member.Id);
            if (member.User is not null) writer.WriteString("user"u8, member.User);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
