namespace WsAot.Nats.Tests.Handlers;

/// <summary>What those in a hall hear, which is small.</summary>
[JsonRpcClient]
[WsTopic("halls/{hall}", History = 10, Presence = true, MaxPresent = 2)]
internal interface IHall
{
    ValueTask<WsTopicPosition> Said(string text);
}
