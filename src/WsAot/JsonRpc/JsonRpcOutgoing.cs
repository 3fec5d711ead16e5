using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A message to the client that is being written. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct JsonRpcOutgoing
{
    internal JsonRpcOutgoing(JsonRpcOutput output) => Output = output;

    internal JsonRpcOutput Output { get; }

    /// <summary>Adds the next parameter, by position.</summary>
    public void Add<T>(T argument, JsonTypeInfo<T> type) => Output.WriteParameter(argument, type);
}
