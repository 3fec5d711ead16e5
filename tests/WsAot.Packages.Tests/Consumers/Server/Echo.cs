using WsAot;

namespace Server;

[WsRoute("/echo")]
internal sealed class Echo(WsConnection connection)
{
    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Send(utf8);
}
