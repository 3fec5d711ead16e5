using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A call from the client, and the ways to answer it. Valid during <see cref="JsonRpcRoute.Invoke"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonRpcRequest
{
    private readonly JsonRpcPeer _peer;
    private readonly ReadOnlySpan<byte> _parameters;
    private CancellationTokenSource? _cancellation;

    internal JsonRpcRequest(
        JsonRpcPeer peer, JsonRpcBatch? batch, ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters)
    {
        _peer = peer;
        Batch = batch;
        Method = method;
        Id = id;
        _parameters = parameters;
    }

    /// <summary>The name of the method, unescaped UTF-8.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>The id as the client sent it; empty for a notification, which is not answered.</summary>
    internal ReadOnlySpan<byte> Id { get; }

    /// <summary>The batch that the call came in; null if it came alone.</summary>
    internal JsonRpcBatch? Batch { get; }

    internal readonly bool IsCancelled => _cancellation is { IsCancellationRequested: true };

    /// <summary>Reads the parameters, if there are any.</summary>
    public readonly JsonRpcParameters ReadParameters() => new(_parameters);

    /// <summary>
    /// Whether the call may keep running after it has returned a task or a stream. False if too many calls are running: then the call has
    /// been answered with an error (a notification is dropped). Asynchronous methods ask before anything else.
    /// </summary>
    public readonly bool TryBegin()
    {
        if (_peer.MayBegin) return true;
        if (!Id.IsEmpty) _peer.SendError(Id, Batch, JsonRpcErrorCode.TooManyInFlight);
        return false;
    }

    /// <summary>Makes the call cancellable, by <c>$/cancelRequest</c> and by the end of the connection.</summary>
    public CancellationToken Cancellation() => (_cancellation ??= new CancellationTokenSource()).Token;

    /// <summary>Answers a method that returned nothing: the result is null.</summary>
    public readonly void Return()
    {
        if (Id.IsEmpty) return;
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteNullResult(Id);
        _peer.Send(output, Batch);
    }

    /// <summary>Answers with the method's result.</summary>
    public readonly void Return<T>(T result, JsonTypeInfo<T> type)
    {
        if (Id.IsEmpty) return;
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteResult(Id, result, type);
        _peer.Send(output, Batch);
    }

    /// <summary>Answers when the task has completed; the result is null.</summary>
    public readonly void Return(Task task)
    {
        if (task.IsCompletedSuccessfully) Return();
        else new JsonRpcCall(_peer, Batch, Id, _cancellation).Run(task);
    }

    /// <summary>Answers with the task's result when it has completed.</summary>
    public readonly void Return<T>(Task<T> task, JsonTypeInfo<T> type)
    {
        if (task.IsCompletedSuccessfully) Return(task.Result, type);
        else new JsonRpcResultCall<T>(_peer, Batch, Id, _cancellation, task, type).Run(task);
    }

    /// <inheritdoc cref="Return(Task)"/>
    public readonly void Return(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            Return();
        }
        else
        {
            Return(task.AsTask());
        }
    }

    /// <inheritdoc cref="Return{T}(Task{T}, JsonTypeInfo{T})"/>
    public readonly void Return<T>(ValueTask<T> task, JsonTypeInfo<T> type)
    {
        if (task.IsCompletedSuccessfully) Return(task.Result, type);
        else Return(task.AsTask(), type);
    }

    /// <summary>Sends each item as <c>$/progress</c> when it comes; the result is null. For a notification nothing is enumerated.</summary>
    public void ReturnStream<T>(IAsyncEnumerable<T> stream, JsonTypeInfo<T> type)
    {
        if (Id.IsEmpty) return;
        CancellationToken cancelled = Cancellation();
        var call = new JsonRpcItems<T>(_peer, Batch, Id, _cancellation!, stream.GetAsyncEnumerator(cancelled), type);
        call.Run(call.SendAllAsync());
    }
}
