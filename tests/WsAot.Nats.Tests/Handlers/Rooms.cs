namespace WsAot.Nats.Tests.Handlers;

/// <summary>Rooms of JSON-RPC clients, which know where they stand.</summary>
[WsRoute("/rooms", Json = typeof(RoomJson), Topics = [typeof(IRoom)], MaxSubscribesPerSecond = 1000)]
internal sealed class Rooms(WsConnection connection, WsTopic<IRoom> rooms)
{
    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string name = "guest") => WsUpgrade.Accept().WithUser(name);

    [OnSubscribe]
    public bool MayHear(IRoom topic, string room) => room != connection.User;

    [JsonRpcMethod]
    public void Say(string room, string text) => rooms.Of(room).Said(text);
}
