using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>What clients can call over JSON-RPC 2.0, and the topic that they can subscribe to.</summary>
[WsRoute("/rpc", Json = typeof(CounterJson), Topics = [typeof(ICounter)])]
internal sealed class CounterCalls(SharedCounter counter, WsTopic<ICounter> topic)
{
    [JsonRpcMethod("value")]
    public long Value() => counter.Value;

    /// <summary>Adds to the counter, and returns its new value. Subscribers of the topic receive it, too.</summary>
    [JsonRpcMethod("add")]
    public long Add(int amount = 1) => counter.Add(amount, topic.Of());
}
