using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WsAot.JsonRpc;

/// <summary>The sentences that say what is wrong with a call.</summary>
internal static class JsonRpcErrors
{
    /// <summary>At most this much of a client's text is echoed.</summary>
    public const int MaxEchoedChars = 64;

    /// <summary>Converts a sentence to a JSON string, for the data of an error.</summary>
    public static byte[] ToJson(string problem) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(problem, JsonRpcEncoder.Instance)}\"");

    /// <summary>The reason for an error that has no data.</summary>
    public static string Explain(int code) => code switch
    {
        JsonRpcErrorCode.TooManyInFlight => "too many requests in flight",
        JsonRpcErrorCode.UnknownTopic => "there is no such topic",
        JsonRpcErrorCode.SubscriptionRefused => "the application refused the subscription",
        JsonRpcErrorCode.TooManyTopics => "the connection has the maximum number of topics",
        JsonRpcErrorCode.TopicFull => "the topic has the maximum number of subscribers",
        JsonRpcErrorCode.TopicUnavailable => "the store of the topic's messages cannot be reached",
        JsonRpcErrorCode.Cancelled => "a later request of the client replaced this one",
        _ => "there is no such method",
    };

    /// <summary>Says where a message stops being JSON.</summary>
    public static byte[] DescribeUnreadable(Exception exception) => ToJson(
        exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
            ? string.Create(CultureInfo.InvariantCulture, $"not JSON at line {line + 1}, byte {position + 1}")
            : "a member's name is not Unicode text");

    /// <summary>Says where in a parameter the value of the wrong type is; empty if it is the parameter itself.</summary>
    public static string Place(Exception? exception) =>
        exception is JsonException { Path: { Length: > 1 } path } ? $" at {Start(path)}{Ellipsis(path)}" : "";

    /// <summary>
    /// The part of a client's text that is echoed: its start. It never splits a surrogate pair, because half of one has no UTF-8.
    /// </summary>
    public static ReadOnlySpan<char> Start(ReadOnlySpan<char> text)
    {
        if (text.Length <= MaxEchoedChars) return text;
        return text[..(char.IsHighSurrogate(text[MaxEchoedChars - 1]) ? MaxEchoedChars - 1 : MaxEchoedChars)];
    }

    /// <summary>The mark that only the start of a text is echoed; empty if all of it is.</summary>
    public static string Ellipsis(ReadOnlySpan<char> text) => text.Length <= MaxEchoedChars ? "" : "...";
}
