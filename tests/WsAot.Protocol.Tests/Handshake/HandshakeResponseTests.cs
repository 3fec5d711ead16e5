using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class HandshakeResponseTests
{
    private const string Start =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    [Theory]
    [InlineData(null, "", Start + "\r\n")]
    [InlineData("chat.v1", "", Start + "Sec-WebSocket-Protocol: chat.v1\r\n\r\n")]
    [InlineData("c", "X: 1\r\nY: 2\r\n", Start + "Sec-WebSocket-Protocol: c\r\nX: 1\r\nY: 2\r\n\r\n")]
    public void Section_4_2_2_item_5_the_response_is_written(string? subprotocol, string extraHeaders, string expected)
    {
        byte[] extra = Request.Bytes(extraHeaders);
        byte[] bytes = new byte[HandshakeResponse.GetMaxSwitchingProtocolsLength(subprotocol, extra.Length)];
        int length = HandshakeResponse.WriteSwitchingProtocols(bytes, Request.Bytes(Request.Key), subprotocol, extra);
        Assert.Equal(expected, Encoding.ASCII.GetString(bytes, 0, length));
        Assert.Equal(bytes.Length, length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nSet-Cookie: b")]
    [InlineData("a b")]
    [InlineData("é")]
    public void A_subprotocol_that_is_not_a_token_is_a_mistake_of_the_caller(string subprotocol) =>
        Assert.Throws<ArgumentException>(
            () => HandshakeResponse.WriteSwitchingProtocols(new byte[500], Request.Bytes(Request.Key), subprotocol, []));
}
