namespace WsAot.App.Handlers.Rpc;

/// <summary>The messages to the subscribers of a room. The last hundred are kept for an hour.</summary>
[JsonRpcClient]
[WsTopic("rooms/{room}", History = 100, HistorySeconds = 3600, Presence = true, MaxPresent = 10_000)]
internal interface IRoom
{
    void Said(string who, string text);
}
