namespace WsAot.App.Handlers.Rpc;

/// <summary>Rooms with history and presence.</summary>
[WsRoute("/rooms", Json = typeof(AppJson), Topics = [typeof(IRoom)])]
internal sealed class Rooms(WsConnection connection, WsTopic<IRoom> rooms)
{
    private const int MaxNameChars = 64;
    private const int InvalidParams = -32602;

    /// <summary>Takes the client's name, which the others see in the presence.</summary>
    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string name = "guest") => name.Length is > 0 and <= MaxNameChars
        ? WsUpgrade.Accept().WithUser(name)
        : WsUpgrade.Reject(400);

    [OnSubscribe]
    public bool MayHear(IRoom topic, string room) => room.Length <= MaxNameChars;

    /// <summary>Sends a text to everybody in a room, including the sender.</summary>
    [JsonRpcMethod]
    public void Say(string room, string text)
    {
        if (room.Length is 0 or > MaxNameChars || room.Contains('/')) throw new JsonRpcException(InvalidParams, "There is no such room");
        rooms.Of(room).Said(connection.User!, text);
    }
}
