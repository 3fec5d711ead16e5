using System.Text.Json.Serialization;
using WsAot;

// The page and its client are embedded in the executable. `dotnet run -- --help` lists the settings.
return await WsServer.RunAsync(WsRoutes.Table, args, static builder => builder.AddFiles("/", typeof(Chat).Assembly, "web/"));

/// <summary>A room. It keeps the last 200 messages for a day, and knows who is there.</summary>
[JsonRpcClient(Json = typeof(ChatJson)), WsTopic("rooms/{room}", History = 200, HistorySeconds = 86_400, Presence = true)]
internal interface IRoom
{
    void Said(string who, string text, DateTimeOffset time);
}

/// <summary>The people who are writing at this moment. Nobody needs old ones, so the topic keeps nothing.</summary>
[JsonRpcClient, WsTopic("writing/{room}")]
internal interface IWriting
{
    void Writing(string who);
}

[WsRoute("/chat", Json = typeof(ChatJson), Topics = [typeof(IRoom), typeof(IWriting)], MaxMessageBytes = 8192)]
internal sealed class Chat(WsConnection connection, WsTopic<IRoom> rooms, WsTopic<IWriting> writing, TimeProvider time)
{
    private static readonly string[] s_rooms = ["lobby", "team", "garden"];

    [OnUpgrade]
    public static WsUpgrade Enter([FromQuery] string name = "guest") =>
        name.Length is > 0 and <= 24 ? WsUpgrade.Accept().WithUser(name) : WsUpgrade.Reject(400);

    [OnSubscribe]
    public bool MayHear(IRoom topic, string room) => s_rooms.Contains(room);

    [JsonRpcMethod]
    public string[] Rooms() => s_rooms;

    [JsonRpcMethod]
    public void Say(string room, string text) => rooms.Of(Checked(room)).Said(connection.User!, text.Trim(), time.GetUtcNow());

    [JsonRpcMethod]
    public void Write(string room) => writing.OthersOf(Checked(room), connection).Writing(connection.User!);

    private static string Checked(string room) => s_rooms.Contains(room) ? room : throw new JsonRpcException(1, "There is no such room.");
}

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class ChatJson : JsonSerializerContext;
