using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class SubprotocolsTests
{
    private const string Two = "Sec-WebSocket-Protocol: b , a\r\nsec-websocket-protocol: c.v1";

    [Theory]
    [InlineData("a,b", "a")]
    [InlineData("b,a", "b")]
    [InlineData("x,c.v1", "c.v1")]
    [InlineData("x", null)]
    [InlineData("A", null)]
    [InlineData("c", null)]
    [InlineData("c.v11", null)]
    [InlineData("é", null)]
    public void Section_4_2_2_the_servers_preference_among_what_is_offered_wins(string supported, string? expected) =>
        Assert.Equal(expected, Subprotocols.Select(new RequestHead(Request.Bytes(Request.With(Two))), supported.Split(',')));

    [Fact]
    public void Nothing_supported_or_nothing_offered_is_nothing_selected()
    {
        Assert.Null(Subprotocols.Select(new RequestHead(Request.Bytes(Request.Good)), []));
        Assert.Null(Subprotocols.Select(new RequestHead(Request.Bytes(Request.Without("Sec-WebSocket-Protocol"))), ["chat"]));
    }

    [Fact]
    public void The_empty_name_is_never_offered() =>
        Assert.False(Subprotocols.IsOffered(new RequestHead(Request.Bytes(Request.With("Sec-WebSocket-Protocol: a,,b"))), ""));
}
