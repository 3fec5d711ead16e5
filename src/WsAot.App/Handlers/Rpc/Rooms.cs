namespace WsAot.App.Handlers.Rpc;

/// <summary>Rooms that keep what was said, and know who is there.</summary>
[WsRoute("/rooms", Json = typeof(AppJson), Topics = [typeof(IRoom)])]
internal sealed class Rooms(WsConnection connection, WsTopic<IRoom> rooms)
{
    private const int MaxNameChars = 64;
    private const int InvalidParams = -32602;

    /// <summary>Whoever gives a name is told to the others by it.</summary>
    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string name = "guest") => name.Length is > 0 and <= MaxNameChars
        ? WsUpgrade.Accept().WithUser(name)
        : WsUpgrade.Reject(400);

    [OnSubscribe]
    public bool MayHear(IRoom topic, string room) => room.Length <= MaxNameChars;

    /// <summary>Says something to all in a room, including the sender.</summary>
    [JsonRpcMethod]
    public void Say(string room, string text)
    {
        if (room.Length is 0 or > MaxNameChars || room.Contains('/')) throw new JsonRpcException(InvalidParams, "There is no such room");
        rooms.Of(room).Said(connection.User!, text);
    }
}
