using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A call that has come, and the ways to answer it. Valid during <see cref="JsonRpcRoute.Invoke"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonRpcRequest
{
    /// <summary>The name of the method, unescaped UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Method => throw new NotImplementedException();

    /// <summary>The parameters; none where there are none.</summary>
    public readonly JsonRpcParameters ReadParameters() => throw new NotImplementedException();

    /// <summary>
    /// Whether the call may go on after it has returned a task or a stream; false: too many do already, and it has been answered so. Asked
    /// for by asynchronous methods before anything else.
    /// </summary>
    public readonly bool TryBegin() => throw new NotImplementedException();

    /// <summary>Makes the call one that can be cancelled: by <c>$/cancelRequest</c> and by the end of the connection.</summary>
    public readonly CancellationToken Cancellation() => throw new NotImplementedException();

    /// <summary>The method has returned nothing: the result is null.</summary>
    public readonly void Return() => throw new NotImplementedException();

    /// <summary>The method has returned its result.</summary>
    public readonly void Return<T>(T result, JsonTypeInfo<T> type) => throw new NotImplementedException();

    /// <summary>The method returns when the task has ended; the result is null.</summary>
    public readonly void Return(Task task) => throw new NotImplementedException();

    /// <summary>The method returns when the task has ended.</summary>
    public readonly void Return<T>(Task<T> task, JsonTypeInfo<T> type) => throw new NotImplementedException();

    /// <inheritdoc cref="Return(Task)"/>
    public readonly void Return(ValueTask task) => throw new NotImplementedException();

    /// <inheritdoc cref="Return{T}(Task{T}, JsonTypeInfo{T})"/>
    public readonly void Return<T>(ValueTask<T> task, JsonTypeInfo<T> type) => throw new NotImplementedException();

    /// <summary>The items go out as <c>$/progress</c> while they come; the result is null.</summary>
    public readonly void ReturnStream<T>(IAsyncEnumerable<T> stream, JsonTypeInfo<T> type) => throw new NotImplementedException();
}
