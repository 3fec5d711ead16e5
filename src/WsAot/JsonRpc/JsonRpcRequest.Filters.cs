using System.Text.Json.Serialization.Metadata;
using WsAot.Connections;
using WsAot.Filters;

namespace WsAot.JsonRpc;

/// <summary>Calls of methods that have filters.</summary>
public ref partial struct JsonRpcRequest
{
    /// <summary>Begins a call whose filters are all synchronous, after its parameters have been read.</summary>
    /// <returns>Whether to call the method. If not, the call has been answered with an error (a notification is dropped).</returns>
    public readonly bool TryEnter(WsFilteredMethod method, out WsCall call)
    {
        call = Begin(method);
        if (call.Enter()) return true;
        using (var reason = new Utf8Text(call.Refusal!, stackalloc byte[Utf8Text.StackBytes]))
        {
            Peer.LogRefused(Method, call.RefusalCode, reason.Bytes);
        }

        if (!Id.IsEmpty)
        {
            JsonRpcOutput output = JsonRpcOutput.Rent();
            output.WriteError(Id, call.RefusalCode, call.Refusal!, default);
            Peer.Send(output, Batch);
        }

        call.Release();
        return false;
    }

    /// <summary>Begins a call that has asynchronous filters; call <see cref="EnterAsync"/> next.</summary>
    public readonly WsCall Begin(WsFilteredMethod method) => WsCall.Rent(
        method,
        Id.IsEmpty ? WsCallKind.JsonRpcNotification : WsCallKind.JsonRpcRequest,
        Peer.Handler,
        Peer.Connection,
        Parameters.Length);

    /// <summary>Runs the filters before the method.</summary>
    /// <exception cref="JsonRpcException">A filter has refused the call.</exception>
    public static async ValueTask EnterAsync(WsCall call)
    {
        if (await call.EnterAsync()) return;
        var refusal = new JsonRpcException(call.RefusalCode, call.Refusal!);
        call.Release();
        throw refusal;
    }

    /// <summary>
    /// Sends each item as <see cref="ReturnStream{T}(IAsyncEnumerable{T}, JsonTypeInfo{T})"/> does. The call ends with the stream. For a
    /// notification, the stream is not enumerated, and the call ends at once.
    /// </summary>
    public void ReturnStream<T>(WsCall call, IAsyncEnumerable<T> stream, JsonTypeInfo<T> type)
    {
        if (Id.IsEmpty) call.Complete();
        else ReturnStream(new WsCallStream<T>(call, new ValueTask<IAsyncEnumerable<T>>(stream)), type);
    }

    /// <inheritdoc cref="ReturnStream{T}(WsCall, IAsyncEnumerable{T}, JsonTypeInfo{T})"/>
    public void ReturnStream<T>(WsCall call, ValueTask<IAsyncEnumerable<T>> stream, JsonTypeInfo<T> type)
    {
        if (Id.IsEmpty) Return(EndWithoutItemsAsync(call, stream));
        else ReturnStream(new WsCallStream<T>(call, stream), type);
    }

    private static async ValueTask EndWithoutItemsAsync<T>(WsCall call, ValueTask<IAsyncEnumerable<T>> stream)
    {
        await stream;
        call.Complete();
    }
}
