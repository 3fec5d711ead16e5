using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A request to the client, and the task that ends with its answer; without a type the result is not looked at.</summary>
internal sealed class JsonRpcAnswer<T>(JsonRpcConnectionTarget target, long id, int timeoutMs, JsonTypeInfo<T>? type)
    : JsonRpcPending(target, id, timeoutMs)
{
    /// <summary>Who waits goes on where it was, never within the reading of the answer: it may be another thread's, and block.</summary>
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _source.Task;

    public override bool IsCompleted => _source.Task.IsCompleted;

    public override void SetResult(ReadOnlySpan<byte> json)
    {
        try
        {
            T result = type is null ? default! : JsonSerializer.Deserialize(json, type)!;
            Unregister();
            _source.TrySetResult(result);
        }
        catch (Exception exception)
        {
            // JSON of another type, or what the user's own converter throws: it is for the one who asked.
            SetException(exception);
        }
    }

    public override void SetException(Exception exception)
    {
        Unregister();
        _source.TrySetException(exception);
    }

    public override void SetCanceled(CancellationToken token)
    {
        Unregister();
        _source.TrySetCanceled(token);
    }
}
