using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A request to the client, with the task that completes with its answer. Without a type, the result is ignored.</summary>
internal sealed class JsonRpcAnswer<T> : JsonRpcPending
{
    private readonly TaskCompletionSource<T> _source;
    private readonly JsonTypeInfo<T>? _type;
    private readonly bool _mayBeNull;

    public JsonRpcAnswer(JsonRpcConnectionTarget target, long id, int timeoutMs, JsonTypeInfo<T>? type, bool mayBeNull)
        : base(target, id, timeoutMs)
    {
        (_type, _mayBeNull) = (type, mayBeNull);
        // The awaiting code must not continue while the answer is being read: it may belong to another thread, and may block.
        _source = new TaskCompletionSource<T>(this, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<T> Task => _source.Task;

    public override bool IsCompleted => _source.Task.IsCompleted;

    public override void SetResult(ReadOnlySpan<byte> json)
    {
        try
        {
            T? result = _type is null ? default : JsonSerializer.Deserialize(json, _type);
            if (!_mayBeNull && result is null) throw new JsonRpcAnswerException("The client's result is null, but must not be.");
            Unregister();
            _source.TrySetResult(result!);
        }
        // As for parameters, NotSupportedException means an abstract type.
        catch (Exception exception) when (exception is NotSupportedException or (JsonException and not JsonRpcAnswerException))
        {
            SetException(new JsonRpcAnswerException("The client's result is not of the type that was asked for.", exception));
        }
        catch (Exception exception)
        {
            // Any other exception of an application's converter also goes to the caller.
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
