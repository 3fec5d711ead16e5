using WsAot.Bench.Load;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Tests.Load.Wire;

public sealed class OpeningHandshakeTests
{
    private const string Good = "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    private const string Deflate = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n";

    [Theory]
    [InlineData(Good, false)]
    [InlineData(Good + Deflate, true)]
    public void What_was_asked_for(string response, bool offersDeflate) => OpeningHandshake.Check(response, offersDeflate);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", false)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n", false)]
    [InlineData(Good, true)]
    [InlineData(Good + Deflate, false)]
    [InlineData(Good + "Sec-WebSocket-Extensions: permessage-deflate\r\n", true)]
    public void What_was_not(string response, bool offersDeflate) =>
        Assert.Throws<LoadException>(() => OpeningHandshake.Check(response, offersDeflate));
}
