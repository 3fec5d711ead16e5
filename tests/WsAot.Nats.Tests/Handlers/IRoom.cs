namespace WsAot.Nats.Tests.Handlers;

/// <summary>What those in a room hear.</summary>
[JsonRpcClient]
[WsTopic("rooms/{room}", History = 5000, HistoryBytes = 4 * 1024 * 1024, Presence = true)]
internal interface IRoom
{
    void Said(string text);

    ValueTask Kept(string text);

    ValueTask<WsTopicPosition> Placed(string text);
}
