#pragma warning disable CA1822 // What clients call is a member of the handler, whether it looks at its fields or not.
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc.Subscribing;

/// <summary>Rooms that keep messages and know who is there, and ticks that do not.</summary>
[WsRoute("/rooms", Json = typeof(RpcJson), Topics = [typeof(IRoom), typeof(ITick), typeof(INote)], MaxTopics = 3, MaxRequestsInFlight = 2)]
internal sealed class Rooms(
    Script script, WsConnection connection, WsTopic<IRoom> rooms, WsTopic<ITick> ticks, WsTopic<INote> notes, INote own)
{
    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string? user) => user is null ? WsUpgrade.Accept() : WsUpgrade.Accept().WithUser(user);

    [OnSubscribe]
    public ValueTask<bool> MayHear(IRoom topic, string room)
    {
        if (room == "greeting") topic.Said("server", "somebody asks");
        return script.MayHear?.Invoke(room) ?? new ValueTask<bool>(true);
    }

    [JsonRpcMethod]
    public void Say(string room, string text) => rooms.Of(room).Said("ann", text);

    [JsonRpcMethod]
    public void Whisper(string room, string text) => rooms.OthersOf(room, connection).Said("ann", text);

    [JsonRpcMethod]
    public async Task<int> Place(string id, string text)
    {
        await notes.Of(id).Written(text);
        WsTopicPosition placed = await notes.Of(id).Placed(text);
        WsTopicPosition toOthers = await notes.OthersOf(id, connection).Placed("to others");
        WsTopicPosition toOne = await own.Placed("to you");
        return toOne == default && toOthers.Epoch == placed.Epoch ? (int)(toOthers.Offset - placed.Offset + (10 * placed.Offset)) : -1;
    }

    [JsonRpcMethod]
    public void Tick(int id, int value) => ticks.Of(id).Value(value);
}
