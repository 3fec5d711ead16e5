namespace WsAot.App.Handlers;

/// <summary>What one says, all in the room hear, the one who said it included.</summary>
[WsRoute("/chat/{room}")]
internal sealed class Chat(WsConnection connection, string room)
{
    [OnOpen]
    public void Joined() => connection.Subscribe(room);

    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Publish(room, utf8);
}
