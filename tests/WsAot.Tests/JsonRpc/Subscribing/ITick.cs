namespace WsAot.Tests.JsonRpc.Subscribing;

[JsonRpcClient]
[WsTopic("tick/{id:int}")]
public interface ITick
{
    void Value(int value);
}
