namespace WsAot.JsonRpc;

/// <summary>
/// A batch whose calls are handled one after the other, if need be over several turns of the connection; its later messages wait
/// meanwhile. Used on the loop.
/// </summary>
internal sealed class JsonRpcBatchReading(JsonRpcRoute route, JsonRpcBatch batch, List<JsonRpcEnvelope> messages)
{
    private TaskCompletionSource? _done;
    private int _next;

    public JsonRpcRoute Route { get; } = route;

    public JsonRpcBatch Batch { get; } = batch;

    /// <summary>The message, once it has to last beyond its first turn.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; private set; }

    /// <summary>Whether no call is left.</summary>
    public bool IsDone => _next == messages.Count;

    public JsonRpcEnvelope TakeNext() => messages[_next++];

    /// <summary>Drops the calls that are left.</summary>
    public void Drop() => _next = messages.Count;

    /// <summary>Keeps the message for the turns to come.</summary>
    /// <returns>Completes when <see cref="SetDone"/> is called.</returns>
    public ValueTask WaitAsync(ReadOnlyMemory<byte> utf8)
    {
        Utf8 = utf8;
        // The connection goes on with its next messages in a turn of its own, and not within this one.
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new ValueTask(_done.Task);
    }

    public void SetDone() => _done!.SetResult();
}
