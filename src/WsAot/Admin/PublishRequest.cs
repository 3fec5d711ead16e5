using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace WsAot.Admin;

/// <summary>
/// A request to <c>POST /api/publish</c>: JSON with the topic and the payload, or the raw payload with the topic in the query.
/// </summary>
internal sealed class PublishRequest
{
    /// <summary>The longest body. Escapes in JSON can make a message six times as long.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;

    private const string Binary = "application/octet-stream";

    private PublishRequest(string topic, ReadOnlyMemory<byte> payload, bool isBinary = false) =>
        (Topic, Payload, IsBinary) = (topic, payload, isBinary);

    public string Topic { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    public bool IsBinary { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="error">The error, if the result is null.</param>
    public static PublishRequest? Read(WsHttpRequest request, out string? error)
    {
        error = null;
        if (request.GetQueryValue("topic") is { } topic)
        {
            bool isBinary = request.GetHeader("Content-Type")?.StartsWith(Binary, StringComparison.OrdinalIgnoreCase) == true;
            // Clients close the connection if a text message is not UTF-8 (RFC 6455 section 8.1).
            if (isBinary || Utf8.IsValid(request.Body.Span)) return new PublishRequest(topic, request.Body, isBinary);
            error = $"The body is not UTF-8: send it as {Binary}.";
            return null;
        }

        try
        {
            PublishRequest? read = ReadJson(request.Body.Span);
            if (read is null) error = "The body must be { \"topic\": \"...\", \"payload\": ... }, or the payload with ?topic= in the path.";
            return read;
        }
        catch (JsonException exception)
        {
            error = $"The body is not JSON: {exception.Message}";
            return null;
        }
    }

    /// <summary>A payload that is a string is published as its text; any other value as its JSON.</summary>
    private static PublishRequest? ReadJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        string? topic = null;
        byte[]? payload = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTopic = reader.ValueTextEquals("topic"u8);
            if (!isTopic && !reader.ValueTextEquals("payload"u8)) return null;
            reader.Read();
            if (isTopic)
            {
                if (reader.TokenType != JsonTokenType.String) return null;
                topic = ReadText(ref reader);
                continue;
            }

            payload = ReadPayload(ref reader, body);
        }

        // Anything after the object is an error too.
        reader.Read();
        return topic is not null && payload is not null ? new PublishRequest(topic, payload) : null;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // A lone surrogate is not valid text.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static byte[] ReadPayload(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (reader.TokenType == JsonTokenType.String) return Encoding.UTF8.GetBytes(ReadText(ref reader));
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        byte[] json = body[start..(int)reader.BytesConsumed].ToArray();
        return Utf8.IsValid(json) ? json : throw new JsonException("The payload is not UTF-8.");
    }
}
