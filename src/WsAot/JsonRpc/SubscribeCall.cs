using WsAot.Topics;

namespace WsAot.JsonRpc;

/// <summary>A request to subscribe that waits for the application's decision and for the topic's store.</summary>
internal sealed class SubscribeCall(in JsonRpcRequest request, PeerTopics topics, SubscribeParameters parameters) : JsonRpcCall(in request)
{
    private Topic? _expected;
    private bool _mayHear;

    private LoopTopics Topics => Peer.Session.Loop.Topics;

    /// <summary>Waits for the application, and for the store.</summary>
    public async Task AskAsync(ValueTask<bool> mayHear)
    {
        try
        {
            _mayHear = await mayHear;
        }
        catch
        {
            topics.GiveUp(this, parameters);
            throw;
        }

        TopicHub hub = Peer.Session.Loop.Server.Topics;
        if (!_mayHear || hub.Store is null) return;
        // Hold the topic until the answer, so that the loaded messages are not dropped again.
        _expected = Topics.Expect(parameters.Topic);
        try
        {
            await hub.WhenReadyAsync(_expected, parameters.Since);
        }
        catch (WsTopicUnavailableException exception)
        {
            Forget();
            topics.GiveUp(this, parameters);
            throw new JsonRpcException(JsonRpcErrorCode.TopicUnavailable, "Topic unavailable", exception);
        }
    }

    /// <inheritdoc/>
    // On the loop, so that nothing comes between the subscription and its answer.
    protected override void Answer()
    {
        try
        {
            topics.Finish(this, parameters, _mayHear, Id, Batch);
        }
        finally
        {
            Forget();
        }
    }

    private void Forget()
    {
        if (_expected is null) return;
        Topics.ForgetExpected(_expected);
        _expected = null;
    }
}
