namespace WsAot.Tests.JsonRpc;

/// <summary>No handler takes it.</summary>
[JsonRpcClient(Json = typeof(RpcJson))]
public interface IAnnouncements
{
    void Announced(Point place);

    Task<int> Count();
}
