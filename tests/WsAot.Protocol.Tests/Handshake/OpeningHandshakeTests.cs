using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class OpeningHandshakeTests
{
    [Fact]
    public void Section_1_3_the_example_of_the_rfc_is_accepted() => Assert.Equal(HandshakeError.None, Request.Validate(Request.Good));

    [Theory]
    [InlineData("uPgRaDe: WebSocket")]
    [InlineData("Upgrade: h2c, websocket")]
    [InlineData("Upgrade: h2c\r\nUPGRADE:websocket")]
    [InlineData("Connection: keep-alive, Upgrade")]
    [InlineData("Connection: keep-alive\r\nConnection: ,,upgrade ,")]
    [InlineData("Host: [::1]:8080")]
    [InlineData("Host: localhost:")]
    [InlineData("Content-Length: 0")]
    [InlineData("Origin: null")]
    [InlineData("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: A, b,,c")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits=\"10\"")]
    [InlineData("Sec-WebSocket-Extensions: a\r\nSec-WebSocket-Extensions: a ; b = c , d;e=\"\\f\"")]
    [InlineData("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("Sec-WebSocket-Key: ///////////////////+9w==")]
    public void Odd_but_legal_headers_are_accepted(string lines) =>
        Assert.Equal(HandshakeError.None, Request.Validate(Request.With(lines)));

    [Theory]
    [InlineData("GET /chat HTTP/1.1", "GET /chat HTTP/1.9")]
    [InlineData("GET /chat HTTP/1.1", "GET http://server.example.com/chat HTTP/1.1")]
    [InlineData("Origin: http://example.com\r\n", "")]
    [InlineData("Sec-WebSocket-Protocol: chat, superchat\r\n", "")]
    public void Odd_but_legal_requests_are_accepted(string part, string replacement) =>
        Assert.Equal(HandshakeError.None, Request.Validate(Request.Good.Replace(part, replacement, StringComparison.Ordinal)));

    [Theory]
    [InlineData("GET /chat HTTP/1.1", "POST /chat HTTP/1.1", HandshakeError.MethodNotAllowed)]
    [InlineData("GET /chat HTTP/1.1", "get /chat HTTP/1.1", HandshakeError.MethodNotAllowed)]
    [InlineData("GET /chat HTTP/1.1", "GET /chat HTTP/1.0", HandshakeError.UnsupportedHttpVersion)]
    public void Section_4_2_1_item_1_the_request_line_must_fit(string part, string replacement, HandshakeError expected) =>
        Assert.Equal(expected, Request.Validate(Request.Good.Replace(part, replacement, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Host", HandshakeError.MissingHost)]
    [InlineData("Upgrade", HandshakeError.NotAnUpgrade)]
    [InlineData("Connection", HandshakeError.MissingConnectionUpgrade)]
    [InlineData("Sec-WebSocket-Key", HandshakeError.MissingKey)]
    [InlineData("Sec-WebSocket-Version", HandshakeError.MissingVersion)]
    public void Section_4_2_1_a_required_header_that_is_missing_is_refused(string name, HandshakeError expected) =>
        Assert.Equal(expected, Request.Validate(Request.Without(name)));

    [Theory]
    [InlineData("Host: a\r\nHost: a", HandshakeError.DuplicateHost)]
    [InlineData("Sec-WebSocket-Key: " + Request.Key + "\r\nSec-WebSocket-Key: " + Request.Key, HandshakeError.DuplicateKey)]
    [InlineData("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13", HandshakeError.DuplicateVersion)]
    [InlineData("Origin: http://a\r\nOrigin: http://a", HandshakeError.DuplicateOrigin)]
    [InlineData("Content-Length: 0\r\nContent-Length: 0", HandshakeError.DuplicateContentLength)]
    public void A_header_that_must_be_single_is_refused_when_it_is_not(string lines, HandshakeError expected) =>
        Assert.Equal(expected, Request.Validate(Request.With(lines)));

    [Theory]
    [InlineData("Host:", HandshakeError.MissingHost)]
    [InlineData("Host: a b", HandshakeError.InvalidHost)]
    [InlineData("Host: http://a", HandshakeError.InvalidHost)]
    [InlineData("Host: u@a", HandshakeError.InvalidHost)]
    [InlineData("Host: a:x", HandshakeError.InvalidHost)]
    [InlineData("Host: a:65536", HandshakeError.InvalidHost)]
    [InlineData("Host: :80", HandshakeError.InvalidHost)]
    [InlineData("Host: [::1", HandshakeError.InvalidHost)]
    [InlineData("Host: [::1]80", HandshakeError.InvalidHost)]
    [InlineData("Upgrade: websockets", HandshakeError.NotAnUpgrade)]
    [InlineData("Upgrade: web socket", HandshakeError.NotAnUpgrade)]
    [InlineData("Upgrade: websocket/13", HandshakeError.NotAnUpgrade)]
    [InlineData("Connection: keep-alive", HandshakeError.MissingConnectionUpgrade)]
    [InlineData("Connection: Upgraded", HandshakeError.MissingConnectionUpgrade)]
    [InlineData("Sec-WebSocket-Version: 8", HandshakeError.UnsupportedVersion)]
    [InlineData("Sec-WebSocket-Version: 013", HandshakeError.UnsupportedVersion)]
    [InlineData("Sec-WebSocket-Version: 13, 8", HandshakeError.UnsupportedVersion)]
    [InlineData("Sec-WebSocket-Version:", HandshakeError.UnsupportedVersion)]
    [InlineData("Content-Length: 5", HandshakeError.BodyNotAllowed)]
    [InlineData("Content-Length: x", HandshakeError.BodyNotAllowed)]
    [InlineData("Transfer-Encoding: chunked", HandshakeError.BodyNotAllowed)]
    public void A_header_with_a_wrong_value_is_refused(string line, HandshakeError expected) =>
        Assert.Equal(expected, Request.Validate(Request.With(line)));

    [Theory]
    [InlineData("")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ===")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=A")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQQ=")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQQQ")]
    [InlineData("dGhlIHNhbXBsZSBub25j_Q==")]
    [InlineData("dGhlIHNhbXBs ZSBub25jZQ=")]
    public void Section_4_2_1_item_5_a_key_that_is_not_sixteen_bytes_in_base64_is_refused(string key) =>
        Assert.Equal(HandshakeError.InvalidKey, Request.Validate(Request.With("Sec-WebSocket-Key: " + key)));

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: a b", HandshakeError.InvalidSubprotocols)]
    [InlineData("Sec-WebSocket-Protocol: a/b", HandshakeError.InvalidSubprotocols)]
    [InlineData("Sec-WebSocket-Protocol: a, b, a", HandshakeError.DuplicateSubprotocol)]
    [InlineData("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b, a", HandshakeError.DuplicateSubprotocol)]
    public void Section_4_1_item_10_subprotocols_are_different_tokens(string lines, HandshakeError expected) =>
        Assert.Equal(expected, Request.Validate(Request.With(lines)));

    [Theory]
    [InlineData("Sec-WebSocket-Protocol:")]
    [InlineData("Sec-WebSocket-Protocol: ,")]
    [InlineData("Sec-WebSocket-Protocol: a,")]
    [InlineData("Sec-WebSocket-Protocol: ,a,, b")]
    [InlineData("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol:")]
    [InlineData("Sec-WebSocket-Extensions:")]
    [InlineData("Sec-WebSocket-Extensions: ,")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate;")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits;,")]
    [InlineData("Sec-WebSocket-Extensions: a;; b")]
    public void Rfc9110_section_5_6_1_empty_elements_of_a_list_are_ignored(string lines) =>
        Assert.Equal(HandshakeError.None, Request.Validate(Request.With(lines)));

    [Theory]
    [InlineData(Subprotocols.MaxOffered, HandshakeError.None)]
    [InlineData(Subprotocols.MaxOffered + 1, HandshakeError.TooManySubprotocols)]
    public void The_number_of_subprotocols_is_bounded(int count, HandshakeError expected)
    {
        string list = string.Join(", ", Enumerable.Range(0, count).Select(static i => "p" + i));
        Assert.Equal(expected, Request.Validate(Request.With("Sec-WebSocket-Protocol: " + list)));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a; =1")]
    [InlineData("a\r\nSec-WebSocket-Extensions: ;")]
    public void Section_9_1_extensions_follow_their_grammar(string value) =>
        Assert.Equal(HandshakeError.InvalidExtensions, Request.Validate(Request.With("Sec-WebSocket-Extensions: " + value)));

    [Theory]
    [InlineData(Request.Good, true)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nUpgrade: x, WebSocket\r\n\r\n", true)]
    [InlineData("POST / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.1\r\nUpgrade: h2c\r\nConnection: websocket\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.0\r\nUpgrade: websocket\r\n\r\n", false)]
    public void The_upgrade_header_tells_a_handshake_from_plain_http(string head, bool expected) =>
        Assert.Equal(expected, OpeningHandshake.IsUpgradeToWebSocket(new RequestHead(Request.Bytes(head))));

    [Fact]
    public void Validating_allocates_nothing()
    {
        byte[] head = Request.Bytes(Request.With("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=\"15\""));
        Assert.Equal(HandshakeError.None, OpeningHandshake.Validate(new RequestHead(head)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        HandshakeError error = OpeningHandshake.Validate(new RequestHead(head));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(HandshakeError.None, error);
    }
}
