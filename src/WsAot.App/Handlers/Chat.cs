namespace WsAot.App.Handlers;

/// <summary>A chat room: each message goes to everybody in the room, including its sender.</summary>
[WsRoute("/chat/{room}")]
internal sealed class Chat(WsConnection connection, string room)
{
    // Topics are shared by all routes: the prefix keeps a room's name from being another route's topic.
    private readonly string _topic = "chat/" + room;

    [OnOpen]
    public void Joined() => connection.Subscribe(_topic);

    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Publish(_topic, utf8);
}
