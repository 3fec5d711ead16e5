namespace WsAot.App.Handlers;

/// <summary>A chat room: each message goes to everybody in the room, including its sender.</summary>
[WsRoute("/chat/{room}")]
internal sealed class Chat(WsConnection connection, string room)
{
    // All routes share the topics: the prefix keeps rooms apart from the topics of other routes.
    private readonly string _topic = "chat/" + room;

    [OnOpen]
    public void Joined() => connection.Subscribe(_topic);

    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Publish(_topic, utf8);
}
