namespace WsAot.Testing.Tests.Handlers;

[WsRoute("/rooms/{room}")]
public sealed class Room(WsConnection connection, string room)
{
    [OnOpen] public void Joined() => connection.Subscribe(room);

    [OnText] public void Said(ReadOnlySpan<byte> utf8) => connection.Publish(room, utf8);
}
