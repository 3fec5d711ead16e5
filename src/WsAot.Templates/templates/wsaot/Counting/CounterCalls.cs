using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>The methods that clients can call over JSON-RPC 2.0.</summary>
[WsRoute("/rpc", Json = typeof(CounterJson))]
internal sealed class CounterCalls(WsConnection connection, ICounterClient client, SharedCounter counter)
{
    [OnOpen]
    public void Opened()
    {
        connection.Subscribe(SharedCounter.Topic);
        client.Changed(counter.Value);
    }

    /// <summary>Adds to the counter, and returns its new value.</summary>
    [JsonRpcMethod("add")]
    public long Add(int amount = 1) => counter.Add(amount);
}
