using System.Text.Json.Serialization;

namespace WsAot.Testing.Tests.Documentation;

[JsonRpcClient, WsTopic("rooms/{room}", History = 100, Presence = true)]
public interface IRoom
{
    ValueTask Said(string who, string text);
}

[WsRoute("/rooms", Json = typeof(RoomJson), Topics = [typeof(IRoom)])]
public sealed class Rooms(WsConnection connection, WsTopic<IRoom> rooms)
{
    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string name = "guest") => WsUpgrade.Accept().WithUser(name);

    [OnSubscribe]
    public bool MayHear(IRoom topic, string room) => room != "secret";

    [JsonRpcMethod]
    public async Task Say(string room, string text) => await rooms.Of(room).Said(connection.User!, text);
}

[JsonSerializable(typeof(string))]
internal sealed partial class RoomJson : JsonSerializerContext;
