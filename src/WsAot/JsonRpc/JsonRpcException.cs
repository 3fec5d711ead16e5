using System.Text.Json.Serialization.Metadata;
using WsAot.Connections;
using WsAot.JsonRpc;

namespace WsAot;

/// <summary>
/// A JSON-RPC error (JSON-RPC 2.0 section 5.1). If your method throws it, it becomes the answer to the call, with its message and data; any
/// other exception is answered with -32603 and no details. If a call to the client throws it, it is the client's error. If you do not catch
/// that, it counts as any other exception, because one client's message is not for another client.
/// </summary>
/// <param name="code">The error code. -32768 to -32000 are reserved by the specification.</param>
/// <param name="message">A short sentence that the client sees.</param>
/// <param name="innerException">The cause, which no client sees; null if there is none.</param>
public sealed class JsonRpcException(int code, string message, Exception? innerException = null)
    : Exception(message, innerException), IPeerFault
{
    /// <summary>The error code.</summary>
    public int Code { get; } = code;

    /// <summary>More about the error, as JSON in UTF-8; empty if there is nothing more.</summary>
    public ReadOnlyMemory<byte> DataUtf8 { get; internal init; }

    /// <summary>Whether this is a client's answer to one of our requests.</summary>
    internal bool IsRemote { get; init; }

    bool IPeerFault.IsPeerFault => IsRemote;

    /// <summary>Creates an error with data, which is converted to JSON at once.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">A short sentence that the client sees.</param>
    /// <param name="data">More about the error.</param>
    /// <param name="type">The type of the data: a property of your JsonSerializerContext.</param>
    /// <exception cref="System.Text.Json.JsonException">A converter of your application does not write exactly one value.</exception>
    public static JsonRpcException Create<T>(int code, string message, T data, JsonTypeInfo<T> type)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteValue(data, type);
        var exception = new JsonRpcException(code, message) { DataUtf8 = output.Written.ToArray() };
        output.Return();
        return exception;
    }
}
