using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>The parameters of a call, read one after the other, by position or by name (JSON-RPC 2.0 section 4.2). At most 128.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonRpcParameters
{
    /// <summary>Goes to the next value, if there is one.</summary>
    public bool MoveNext() => throw new NotImplementedException();

    /// <summary>Whether the current value is the parameter with this position or this name; notes that it was seen.</summary>
    /// <exception cref="JsonRpcException">It was seen before.</exception>
    public bool IsAt(int index, ReadOnlySpan<byte> name) => throw new NotImplementedException();

    /// <summary>Reads the current value.</summary>
    /// <exception cref="JsonRpcException">It is not of that type.</exception>
    public T Get<T>(JsonTypeInfo<T> type) => throw new NotImplementedException();

    /// <summary>Reads the current value where null is not allowed.</summary>
    /// <exception cref="JsonRpcException">It is null, or not of that type.</exception>
    public T GetNotNull<T>(JsonTypeInfo<T> type)
        where T : class => throw new NotImplementedException();

    /// <summary>No parameter has this position or name.</summary>
    /// <exception cref="JsonRpcException">Always.</exception>
    public readonly void RefuseCurrent() => throw new NotImplementedException();

    /// <summary>After the last: a parameter that has no default.</summary>
    /// <exception cref="JsonRpcException">It was not seen.</exception>
    public readonly void Require(int index, ReadOnlySpan<byte> name) => throw new NotImplementedException();
}
