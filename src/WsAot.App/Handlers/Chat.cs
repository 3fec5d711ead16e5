namespace WsAot.App.Handlers;

/// <summary>What one says, all in the room hear, the one who said it included.</summary>
[WsRoute("/chat/{room}")]
internal sealed class Chat(WsConnection connection, string room)
{
    // Topics are the server's: without a name before it, a room could be called like what others speak of.
    private readonly string _topic = "chat/" + room;

    [OnOpen]
    public void Joined() => connection.Subscribe(_topic);

    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Publish(_topic, utf8);
}
