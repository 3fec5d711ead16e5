using System.Text.Json;

namespace WsAot.JsonRpc;

/// <summary>The parameters of <c>$/subscribe</c>.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Since">The last message that the client has.</param>
/// <param name="WantsPresence">Whether the client asks for presence.</param>
internal readonly record struct SubscribeParameters(string Topic, WsTopicPosition Since, bool WantsPresence)
{
    private const int MaxTopicChars = 255;

    /// <summary>Reads the parameters, which are valid JSON.</summary>
    /// <param name="utf8">The parameters; empty if the call has none.</param>
    /// <param name="parameters">The parameters that were read.</param>
    /// <returns>Null if they are valid; otherwise the problem, as a JSON string.</returns>
    public static byte[]? Read(ReadOnlySpan<byte> utf8, out SubscribeParameters parameters)
    {
        parameters = default;
        var reader = new Utf8JsonReader(utf8);
        bool isObject = !utf8.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        if (!isObject) return Problem("the parameters must be by name");
        string? topic = null;
        WsTopicPosition? since = WsTopicPosition.Oldest;
        bool? wantsPresence = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTopic = reader.ValueSpan.SequenceEqual("topic"u8);
            bool isSince = reader.ValueSpan.SequenceEqual("since"u8);
            bool isPresence = reader.ValueSpan.SequenceEqual("presence"u8);
            reader.Read();
            if (isTopic) topic = ReadTopic(ref reader);
            else if (isSince) since = ReadSince(ref reader);
            else if (isPresence) wantsPresence = ReadBoolean(ref reader);
            reader.Skip();
        }

        if (topic is null) return Problem("'topic' must be a string of 1 to 255 characters");
        if (since is null) return Problem("'since' must be \"now\" or an object with the integers 'epoch' and 'offset'");
        if (wantsPresence is null) return Problem("'presence' must be true or false");
        parameters = new SubscribeParameters(topic, since.Value, wantsPresence.Value);
        return null;
    }

    private static byte[] Problem(string problem) => JsonRpcErrors.ToJson(problem);

    private static string? ReadTopic(ref Utf8JsonReader reader)
    {
        bool isText = reader.TokenType == JsonTokenType.String && (!reader.ValueIsEscaped || JsonRpcText.IsUnicode(reader.ValueSpan));
        return isText && reader.GetString() is { Length: > 0 and <= MaxTopicChars } topic ? topic : null;
    }

    private static bool? ReadBoolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => null,
    };

    private static WsTopicPosition? ReadSince(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return WsTopicPosition.Oldest;
        if (reader.TokenType == JsonTokenType.String) return reader.ValueSpan.SequenceEqual("now"u8) ? WsTopicPosition.Latest : null;
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        long? epoch = null, offset = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isEpoch = reader.ValueSpan.SequenceEqual("epoch"u8);
            bool isOffset = reader.ValueSpan.SequenceEqual("offset"u8);
            reader.Read();
            if (isEpoch) epoch = ReadNumber(ref reader);
            else if (isOffset) offset = ReadNumber(ref reader);
            reader.Skip();
        }

        if (epoch is not { } life || offset is not { } number) return null;
        // A topic without kept messages gives the position 0 and 0. It is a valid position, but what came after it is unknown.
        return new WsTopicPosition(life, life == 0 ? Math.Max(number, 1) : number);
    }

    private static long? ReadNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) && number >= 0 && number < 1L << 53 ? number : null;
}
