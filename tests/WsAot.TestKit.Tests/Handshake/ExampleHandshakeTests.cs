using WsAot.TestKit.Handshake;

namespace WsAot.TestKit.Tests.Handshake;

public sealed class ExampleHandshakeTests
{
    [Fact]
    public void Section_1_3_the_example_has_its_answer() =>
        Assert.Equal(ExampleHandshake.Accept, ExampleHandshake.ComputeAccept(ExampleHandshake.Key));

    [Fact]
    public void The_request_is_what_section_4_1_asks_for() => Assert.Equal(
        "GET /a HTTP/1.1\r\nHost: h:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nX: 1\r\nY: 2\r\n\r\n",
        System.Text.Encoding.UTF8.GetString(ExampleHandshake.Request("/a", "h:1", "X: 1", "Y: 2")));
}
