namespace WsAot.Tests.JsonRpc.Subscribing;

[JsonRpcClient]
[WsTopic("room/{room}", History = 5, Presence = true, MaxPresent = 3)]
public interface IRoom
{
    void Said(string who, string text);
}
