using WsAot.Tests.Harness;
using WsAot.Tests.JsonRpc;

namespace WsAot.Tests.Handlers;

/// <summary>A JSON-RPC handler that hears when its output has drained.</summary>
[WsRoute("/rpc-producer", Json = typeof(RpcJson), MaxPendingOutputBytes = 1000)]
internal sealed class RpcProducer(WsConnection connection, Script script)
{
    [JsonRpcMethod]
    public async Task<int> Produce(int count)
    {
        for (int i = 0; i < count; i++) await connection.SendAsync(new string('x', 96));
        return count;
    }

    [OnDrained]
    public void Drained() => script.Journal.Add("drained");
}
