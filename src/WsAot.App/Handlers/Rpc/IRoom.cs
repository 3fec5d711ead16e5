namespace WsAot.App.Handlers.Rpc;

/// <summary>What those in a room hear. The last hundred messages are kept for an hour.</summary>
[JsonRpcClient]
[WsTopic("rooms/{room}", History = 100, HistorySeconds = 3600, Presence = true, MaxPresent = 10_000)]
internal interface IRoom
{
    void Said(string who, string text);
}
