namespace WsAot.JsonRpc;

/// <summary>A request for a topic while the application thinks about it.</summary>
internal sealed class SubscribeCall(in JsonRpcRequest request, PeerTopics topics, SubscribeParameters parameters) : JsonRpcCall(in request)
{
    private bool _mayHear;

    /// <summary>Waits for the application.</summary>
    public async Task AskAsync(ValueTask<bool> mayHear) => _mayHear = await mayHear;

    /// <inheritdoc/>
    // On the loop, so that nothing comes between the subscription and its answer.
    protected override void Answer() => topics.Finish(this, parameters, _mayHear, Id, Batch);
}
