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
            DataUtf8 = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(problem, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""),
        };

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
