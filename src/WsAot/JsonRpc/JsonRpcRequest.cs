using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A call from the client, and the ways to answer it. Valid during <see cref="JsonRpcRoute.Invoke"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct JsonRpcRequest
{
    private CancellationTokenSource? _cancellation;

    internal JsonRpcRequest(
        JsonRpcPeer peer, JsonRpcBatch? batch, ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters)
    {
        Peer = peer;
        Batch = batch;
        Method = method;
        Id = id;
        Parameters = parameters;
    }

    /// <summary>The name of the method, unescaped UTF-8.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>The id as the client sent it; empty for a notification, which is not answered.</summary>
    internal ReadOnlySpan<byte> Id { get; }

    /// <summary>The batch of the call; null if it is not part of a batch.</summary>
    internal JsonRpcBatch? Batch { get; }

    /// <summary>The parameters as they are in the message; empty if there are none.</summary>
    internal ReadOnlySpan<byte> Parameters { get; }

    internal JsonRpcPeer Peer { get; }

    /// <summary>The source of the method's token; null if it takes none.</summary>
    internal readonly CancellationTokenSource? CancellationSource => _cancellation;

    internal readonly bool IsCancelled => _cancellation is { IsCancellationRequested: true };

    /// <summary>Reads the parameters, if there are any.</summary>
    public readonly JsonRpcParameters ReadParameters() => new(Parameters);

    /// <summary>
    /// Whether the call may keep running after it has returned a task or a stream. False if too many calls are running: then the call has
    /// been answered with an error (a notification is dropped). Asynchronous methods call this first.
    /// </summary>
    public readonly bool TryBegin()
    {
        if (Peer.MayBegin) return true;
        if (Id.IsEmpty) Peer.LogRefused(Method, JsonRpcErrorCode.TooManyInFlight);
        else Peer.Refuse(Method, Id, Batch, JsonRpcErrorCode.TooManyInFlight);
        return false;
    }

    /// <summary>
    /// Whether all parameters are valid. Call it after they have been read. If not, the call has been answered with an error (a
    /// notification is dropped), and the method is not called.
    /// </summary>
    public readonly bool Accept(ref JsonRpcParameters parameters)
    {
        if (!parameters.HasProblem) return true;
        Refuse(ref parameters);
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
        Peer.Send(output, Batch);
    }

    /// <summary>Answers with the method's result.</summary>
    // Not inlined, because each method of each handler calls it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void Return<T>(T result, JsonTypeInfo<T> type)
    {
        if (Id.IsEmpty) return;
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteResult(Id, result, type);
        Peer.Send(output, Batch);
    }

    /// <summary>Answers when the task has completed; the result is null.</summary>
    public readonly void Return(Task task)
    {
        if (task.IsCompletedSuccessfully) Return();
        else new JsonRpcCall(in this).Run(task);
    }

    /// <summary>Answers with the task's result when it has completed.</summary>
    public readonly void Return<T>(Task<T> task, JsonTypeInfo<T> type)
    {
        if (task.IsCompletedSuccessfully) Return(task.Result, type);
        else new JsonRpcResultCall<T>(in this, task, type).Run(task);
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

    /// <summary>
    /// Sends each item as <c>$/progress</c> when it is available; the result is null. For a notification, the stream is not enumerated.
    /// </summary>
    public void ReturnStream<T>(IAsyncEnumerable<T> stream, JsonTypeInfo<T> type)
    {
        if (Id.IsEmpty) return;
        CancellationToken cancelled = Cancellation();
        var call = new JsonRpcItems<T>(in this, stream.GetAsyncEnumerator(cancelled), type);
        call.Run(call.SendAllAsync());
    }

    private readonly void Refuse(ref JsonRpcParameters parameters)
    {
        if (parameters.HasThrown) Peer.Session.ChargeCall(hasThrown: true);
        Span<byte> room = stackalloc byte[JsonRpcParameters.MaxProblemBytes];
        ReadOnlySpan<byte> problem = room[..parameters.Describe(room)];
        Peer.LogRefused(Method, JsonRpcErrorCode.InvalidParams, problem);
        if (Id.IsEmpty) return;
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteInvalidParams(Id, problem);
        Peer.Send(output, Batch);
    }
}
