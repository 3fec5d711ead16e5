using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>Takes more at once than the default; and less of a batch.</summary>
[WsRoute("/rpc/many", Json = typeof(RpcJson), MaxRequestsInFlight = 20_000, MaxBatchLength = 3, SlowConsumer = SlowConsumerPolicy.Close)]
internal sealed class ManyRpc(Script script, IRpcClient client)
{
    [OnOpen]
    public void Opened() => script.Rpc.Client = client;

    [JsonRpcMethod]
    public async Task<int> Pass(int number, CancellationToken cancellationToken)
    {
        await script.Gate.PassAsync().WaitAsync(cancellationToken);
        return number;
    }

    [JsonRpcMethod("items")]
    public IAsyncEnumerable<string> Items(CancellationToken cancellationToken) => script.Rpc.Items(cancellationToken);
}
