namespace WsAot.Tests.JsonRpc.Subscribing;

[JsonRpcClient]
[WsTopic("note/{id}", History = 5)]
public interface INote
{
    ValueTask Written(string text);

    ValueTask<WsTopicPosition> Placed(string text);
}
