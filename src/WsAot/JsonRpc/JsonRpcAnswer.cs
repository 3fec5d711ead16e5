using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A request to the client, and the task that ends with its answer; without a type the result is not looked at.</summary>
internal sealed class JsonRpcAnswer<T> : JsonRpcPending
{
    private readonly TaskCompletionSource<T> _source;
    private readonly JsonTypeInfo<T>? _type;
    private readonly bool _mayBeNull;

    public JsonRpcAnswer(JsonRpcConnectionTarget target, long id, int timeoutMs, JsonTypeInfo<T>? type, bool mayBeNull)
        : base(target, id, timeoutMs)
    {
        (_type, _mayBeNull) = (type, mayBeNull);
        // Who waits goes on where it was, never within the reading of the answer: it may be another thread's, and block.
        _source = new TaskCompletionSource<T>(this, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<T> Task => _source.Task;

    public override bool IsCompleted => _source.Task.IsCompleted;

    public override void SetResult(ReadOnlySpan<byte> json)
    {
        try
        {
            T? result = _type is null ? default : JsonSerializer.Deserialize(json, _type);
            if (!_mayBeNull && result is null) throw new JsonRpcAnswerException("The client's result is null, which its type does not allow.");
            Unregister();
            _source.TrySetResult(result!);
        }
        // As it is with parameters: NotSupportedException stands for an abstract type.
        catch (Exception exception) when (exception is NotSupportedException or (JsonException and not JsonRpcAnswerException))
        {
            SetException(new JsonRpcAnswerException("The client's result is not of its type.", exception));
        }
        catch (Exception exception)
        {
            // What else the user's own converter throws is for the one who asked, too.
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
