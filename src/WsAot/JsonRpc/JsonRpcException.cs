using System.Text.Json.Serialization.Metadata;
using WsAot.Connections;
using WsAot.JsonRpc;

namespace WsAot;

/// <summary>
/// A JSON-RPC error (JSON-RPC 2.0 section 5.1). Thrown by a method it is the answer to the call, message and data included; any other
/// exception is answered with -32603, without a word of it. Thrown to whoever called the client, it is the client's answer; left to go on from
/// there, it is any other exception: what one client says is not for the next to hear.
/// </summary>
/// <param name="code">The error code. -32768 to -32000 are the specification's own.</param>
/// <param name="message">A short sentence, for the other side to see.</param>
public sealed class JsonRpcException(int code, string message) : Exception(message), IPeerFault
{
    /// <summary>The error code.</summary>
    public int Code { get; } = code;

    /// <summary>What else there is to say, as JSON text in UTF-8; empty for nothing.</summary>
    public ReadOnlyMemory<byte> DataUtf8 { get; internal init; }

    /// <summary>Whether it is a client's answer to a request of ours.</summary>
    internal bool IsRemote { get; init; }

    bool IPeerFault.IsPeerFault => IsRemote;

    /// <summary>An error with data, which is turned into JSON at once.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">A short sentence, for the other side to see.</param>
    /// <param name="data">What else there is to say.</param>
    /// <param name="type">How it is written: a property of the application's JsonSerializerContext.</param>
    /// <exception cref="System.Text.Json.JsonException">A converter of the application's does not write exactly one value.</exception>
    public static JsonRpcException Create<T>(int code, string message, T data, JsonTypeInfo<T> type)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteValue(data, type);
        var exception = new JsonRpcException(code, message) { DataUtf8 = output.Written.ToArray() };
        output.Return();
        return exception;
    }
}
