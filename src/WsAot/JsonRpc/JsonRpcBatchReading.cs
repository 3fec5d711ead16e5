namespace WsAot.JsonRpc;

/// <summary>
/// A batch whose calls are handled one after the other, over several turns of the connection if necessary. Meanwhile, the connection's
/// later messages wait. Used on the loop.
/// </summary>
internal sealed class JsonRpcBatchReading(JsonRpcRoute route, JsonRpcBatch batch, List<JsonRpcEnvelope> messages)
{
    private TaskCompletionSource? _done;
    private int _next;

    public JsonRpcRoute Route { get; } = route;

    public JsonRpcBatch Batch { get; } = batch;

    /// <summary>The message, if it must be kept beyond its first turn.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; private set; }

    /// <summary>Whether no call is left.</summary>
    public bool IsDone => _next == messages.Count;

    public JsonRpcEnvelope TakeNext() => messages[_next++];

    /// <summary>Drops the calls that are left.</summary>
    public void Drop() => _next = messages.Count;

    /// <summary>Keeps the message for later turns.</summary>
    /// <returns>Completes when <see cref="SetDone"/> is called.</returns>
    public ValueTask WaitAsync(ReadOnlyMemory<byte> utf8)
    {
        Utf8 = utf8;
        // The connection continues with its next messages in another turn, not within this one.
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new ValueTask(_done.Task);
    }

    public void SetDone() => _done!.SetResult();
}
