using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WsAot.JsonRpc;

/// <summary>Makes the exceptions that stand for errors of the specification.</summary>
internal static class JsonRpcErrors
{
    private const int MaxEchoedChars = 64;

    /// <summary>-32602, with a sentence as data that says which parameter is wrong.</summary>
    public static JsonRpcException InvalidParams(string problem) =>
        new(JsonRpcErrorCode.InvalidParams, JsonRpcErrorCode.MessageOf(JsonRpcErrorCode.InvalidParams))
        {
            DataUtf8 = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(problem, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""),
        };

    /// <summary>As much of what a peer sent as it gets back; never half a surrogate pair, which has no UTF-8.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxEchoedChars) return text;
        int length = char.IsHighSurrogate(text[MaxEchoedChars - 1]) ? MaxEchoedChars - 1 : MaxEchoedChars;
        return text[..length] + "...";
    }
}
