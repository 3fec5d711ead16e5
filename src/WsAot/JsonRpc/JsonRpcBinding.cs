using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>Finds JSON metadata and topics for generated code and for the server.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonRpcBinding
{
    /// <summary>Returns how the application's JsonSerializerContext reads and writes a type.</summary>
    /// <exception cref="InvalidOperationException">The context does not list the type.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context) =>
        context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? throw MissingType(typeof(T), context);

    /// <summary>The subscribers of a topic.</summary>
    public static JsonRpcTarget Topic(WsServer server, string topic) => new JsonRpcTopicTarget(server, topic);

    // A method of its own, because the generic method is compiled for each type.
    private static InvalidOperationException MissingType(Type type, JsonSerializerContext context) =>
        new($"{type} is missing in {context.GetType()}: add [JsonSerializable] for it.");
}
