using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>Finds JSON metadata for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonRpcBinding
{
    /// <summary>Returns how the application's JsonSerializerContext reads and writes a type.</summary>
    /// <exception cref="InvalidOperationException">The context does not list the type.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context) =>
        context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new InvalidOperationException($"{typeof(T)} is missing in {context.GetType()}: add [JsonSerializable] for it.");
}
