using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>Speaks JSON-RPC and is disposed.</summary>
[WsRoute("/disposed-rpc", Json = typeof(RpcJson))]
internal sealed class DisposedRpc(Script script) : IAsyncDisposable
{
    [JsonRpcMethod]
    public async Task<int> Wait(WsServer server)
    {
        await script.Gate.PassAsync();
        script.Journal.Add("answered");
        return server.ConnectionCount;
    }

    public async ValueTask DisposeAsync()
    {
        if (script.Disposed is { } disposed) await disposed();
        script.Journal.Add("disposed");
    }
}
