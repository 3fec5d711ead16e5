using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A message to the client that is being written. It has the thread's writer, so nothing else is written meanwhile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonRpcOutgoing
{
    /// <summary>Adds a parameter, in the order of positions.</summary>
    public readonly void Add<T>(T argument, JsonTypeInfo<T> type) => throw new NotImplementedException();
}
