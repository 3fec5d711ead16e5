namespace WsAot.Tests.Handlers;

/// <summary>What one says, all in the room hear.</summary>
[WsRoute("/room/{name}", MaxPendingOutputBytes = 1000)]
internal sealed class Room
{
    private readonly WsConnection _connection;
    private readonly string _name;

    public Room(WsConnection connection, string name)
    {
        (_connection, _name) = (connection, name);
        connection.Subscribe(name);
    }

    [OnText]
    public void Said(ReadOnlySpan<byte> utf8)
    {
        if (utf8.SequenceEqual("leave"u8)) _connection.Unsubscribe(_name);
        else _connection.Publish(_name, utf8);
    }
}
