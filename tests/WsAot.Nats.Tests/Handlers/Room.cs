namespace WsAot.Nats.Tests.Handlers;

/// <summary>A room: what a client says goes to everybody in it, or to all others if it begins with an exclamation mark.</summary>
[WsRoute("/room/{name}")]
internal sealed class Room(WsConnection connection, string name)
{
    private readonly string _topic = "room/" + name;

    [OnOpen]
    public void Joined() => connection.Subscribe(_topic);

    [OnText]
    public void Said(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("!"u8)) connection.PublishToOthers(_topic, utf8);
        else connection.Publish(_topic, utf8);
    }

    [OnBinary]
    public void Sent(ReadOnlySpan<byte> payload) => connection.PublishBinary(_topic, payload);
}
