using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WsAot.JsonRpc;

/// <summary>Creates exceptions for the errors of the specification.</summary>
internal static class JsonRpcErrors
{
    private const int MaxEchoedChars = 64;

    /// <summary>Creates a -32602 error whose data is a sentence that says which parameter is wrong.</summary>
    public static JsonRpcException InvalidParams(string problem) =>
        new(JsonRpcErrorCode.InvalidParams, JsonRpcErrorCode.MessageOf(JsonRpcErrorCode.InvalidParams))
        {
            DataUtf8 = ToJson(problem),
        };

    /// <summary>A sentence as the JSON string that an error carries as its data.</summary>
    public static byte[] ToJson(string problem) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(problem, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    /// <summary>Says where a message stops being JSON.</summary>
    public static byte[] DescribeUnreadable(Exception exception) => ToJson(
        exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
            ? string.Create(CultureInfo.InvariantCulture, $"not JSON at line {line + 1}, byte {position + 1}")
            : "a member's name is not Unicode text");

    /// <summary>Says where in a parameter the value of another type is; nothing if it is the parameter itself.</summary>
    public static string Place(Exception exception) =>
        exception is JsonException { Path: { Length: > 1 } path } ? $" at {Shorten(path)}" : "";

    /// <summary>
    /// Shortens a text from the client before it is echoed. Never splits a surrogate pair, since half of one has no UTF-8.
    /// </summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxEchoedChars) return text;
        int length = char.IsHighSurrogate(text[MaxEchoedChars - 1]) ? MaxEchoedChars - 1 : MaxEchoedChars;
        return text[..length] + "...";
    }
}
