using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>What generated code asks the application's JsonSerializerContext.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonRpcBinding
{
    /// <summary>How a type is read and written.</summary>
    /// <exception cref="InvalidOperationException">The context does not name it.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context) =>
        context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new InvalidOperationException($"{context.GetType()} does not name {typeof(T)} as [JsonSerializable].");
}
