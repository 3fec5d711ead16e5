namespace WsAot.Protocol.Handshake;

/// <summary>The one table from handshake error to HTTP status, section and text.</summary>
public static class HandshakeErrors
{
    private const int BadRequest = 400;
    private const int MethodNotAllowed = 405;
    private const int ContentTooLarge = 413;
    private const int ExpectationFailed = 417;
    private const int UpgradeRequired = 426;
    private const int HeaderFieldsTooLarge = 431;
    private const int NotImplemented = 501;
    private const int HttpVersionNotSupported = 505;

    /// <summary>The text of an error, and what the request has instead, if a few words can show that.</summary>
    public static string Explain(HandshakeError error, RequestHead head)
    {
        ReadOnlySpan<byte> seen = error switch
        {
            HandshakeError.UnsupportedHttpVersion => head.MinorVersion == 0 ? "HTTP/1.0"u8 : default,
            HandshakeError.MethodNotAllowed => head.Method,
            HandshakeError.InvalidHost or HandshakeError.DuplicateHost => head.Find("host"u8),
            HandshakeError.DuplicateOrigin => head.Find("origin"u8),
            HandshakeError.InvalidContentLength => head.Find("content-length"u8),
            HandshakeError.InvalidTransferEncoding or HandshakeError.UnknownTransferEncoding => head.Find("transfer-encoding"u8),
            HandshakeError.UnknownExpectation => head.Find("expect"u8),
            HandshakeError.NotAnUpgrade => head.Find("upgrade"u8),
            HandshakeError.MissingConnectionUpgrade => head.Find("connection"u8),
            HandshakeError.InvalidKey => head.Find("sec-websocket-key"u8),
            HandshakeError.UnsupportedVersion => head.Find("sec-websocket-version"u8),
            HandshakeError.InvalidExtensions => head.Find("sec-websocket-extensions"u8),
            _ => default,
        };
        string text = Explain(error, seen);
        if (seen.IsEmpty && error is HandshakeError.NotAnUpgrade or HandshakeError.MissingConnectionUpgrade)
        {
            return $"{text[..^1]}; there is no such header. A proxy may have removed it.";
        }

        // Do not show the name itself: some clients send a password there.
        if (error != HandshakeError.InvalidSubprotocols || Subprotocols.Check(head, out ReadOnlySpan<byte> name) != error) return text;
        byte wrong = name[HttpTokens.GetTokenLength(name)];
        return $"{text[..^1]}: '{Printable.From([wrong])}'.";
    }

    /// <summary>The text of an error, and the bytes that are wrong.</summary>
    public static string Explain(HandshakeError error, ReadOnlySpan<byte> seen)
    {
        string text = Describe(error).Text;
        return seen.IsEmpty ? text : $"{text[..^1]}: '{Printable.From(seen)}'.";
    }

    /// <summary>
    /// Describes an error. Some responses need headers too: <c>Allow: GET</c> for 405 and <c>Upgrade: websocket</c> for 426 (RFC 9110), and
    /// <c>Sec-WebSocket-Version: 13</c> for <see cref="HandshakeError.UnsupportedVersion"/> (RFC 6455 section 4.4).
    /// </summary>
    public static HandshakeErrorInfo Describe(HandshakeError error) => error switch
    {
        HandshakeError.None => new(101, "RFC 6455 4.2.2", "No error."),
        HandshakeError.MalformedRequestLine =>
            new(BadRequest, "RFC 9112 3", "The first line must be a method, a target and HTTP/1.1, with one space between them."),
        HandshakeError.MalformedHeader =>
            new(BadRequest, "RFC 9112 5", "A header line must be a name, a colon and a value, ended by CRLF."),
        HandshakeError.TlsClientHello => new(BadRequest, "RFC 6455 3", "This port expects HTTP (ws://), but received TLS (wss://)."),
        HandshakeError.ProxyProtocol =>
            new(BadRequest, "RFC 9112 3", "This port expects HTTP, but received a PROXY protocol header."),
        HandshakeError.UnsupportedHttpVersion => new(HttpVersionNotSupported, "RFC 6455 4.2.1", "The HTTP version must be 1.1."),
        HandshakeError.UpgradeInHttp10 => new(
            UpgradeRequired, "RFC 6455 4.2.1", "A WebSocket needs HTTP/1.1, but this is HTTP/1.0. You may have to configure a proxy."),
        HandshakeError.HeadTooLarge => new(HeaderFieldsTooLarge, "RFC 6585 5", "The request head is too large."),
        HandshakeError.TooManyHeaders => new(HeaderFieldsTooLarge, "RFC 6585 5", "The request has too many headers."),
        HandshakeError.MissingHost => new(BadRequest, "RFC 6455 4.2.1", "The Host header is missing or empty."),
        HandshakeError.InvalidHost => new(BadRequest, "RFC 9112 3.2", "The Host header must be a host and an optional port."),
        HandshakeError.DuplicateHost => new(BadRequest, "RFC 9112 3.2", "The Host header is repeated."),
        HandshakeError.DuplicateOrigin => new(BadRequest, "RFC 6454 7.3", "The Origin header is repeated."),
        HandshakeError.DuplicateContentLength => new(BadRequest, "RFC 9110 8.6", "The Content-Length header is repeated."),
        HandshakeError.InvalidContentLength => new(BadRequest, "RFC 9110 8.6", "The Content-Length header must be a number."),
        HandshakeError.TwoLengths => new(BadRequest, "RFC 9112 6.3", "The request has both Content-Length and Transfer-Encoding."),
        HandshakeError.InvalidTransferEncoding =>
            new(BadRequest, "RFC 9112 6.3", "The Transfer-Encoding header must end in chunked, and needs HTTP/1.1."),
        HandshakeError.UnknownTransferEncoding =>
            new(NotImplemented, "RFC 9112 6.1", "The Transfer-Encoding header may name chunked only."),
        HandshakeError.DuplicateKey => new(BadRequest, "RFC 6455 11.3.1", "The Sec-WebSocket-Key header is repeated."),
        HandshakeError.DuplicateVersion => new(BadRequest, "RFC 6455 11.3.5", "The Sec-WebSocket-Version header is repeated."),
        HandshakeError.MethodNotAllowed => new(MethodNotAllowed, "RFC 6455 4.2.1", "The method must be GET."),
        HandshakeError.NotAnUpgrade => new(UpgradeRequired, "RFC 6455 4.2.1", "The Upgrade header must name websocket."),
        HandshakeError.MissingConnectionUpgrade => new(BadRequest, "RFC 6455 4.2.1", "The Connection header must name Upgrade."),
        HandshakeError.MissingKey => new(BadRequest, "RFC 6455 4.2.1", "The Sec-WebSocket-Key header is missing."),
        HandshakeError.InvalidKey =>
            new(BadRequest, "RFC 6455 4.2.1", "The Sec-WebSocket-Key header must be 24 characters of base64, the last two '=='."),
        HandshakeError.MissingVersion => new(BadRequest, "RFC 6455 4.2.1", "The Sec-WebSocket-Version header is missing."),
        HandshakeError.UnsupportedVersion => new(UpgradeRequired, "RFC 6455 4.4", "The WebSocket version must be 13."),
        HandshakeError.BodyNotAllowed => new(BadRequest, "RFC 6455 4.1", "An opening handshake has no body."),
        HandshakeError.InvalidSubprotocols =>
            new(BadRequest, "RFC 6455 4.1", "A name in the Sec-WebSocket-Protocol header has a character that a token cannot have."),
        HandshakeError.DuplicateSubprotocol => new(BadRequest, "RFC 6455 4.1", "A name comes twice in the Sec-WebSocket-Protocol header."),
        HandshakeError.TooManySubprotocols => new(BadRequest, "RFC 6455 4.1", "The Sec-WebSocket-Protocol header has more than 64 names."),
        HandshakeError.InvalidExtensions =>
            new(BadRequest, "RFC 6455 9.1", "The Sec-WebSocket-Extensions header does not follow its grammar."),
        HandshakeError.DataBeforeResponse => new(BadRequest, "RFC 6455 4.1", "The client sent data before the handshake was answered."),
        HandshakeError.InvalidChunk =>
            new(BadRequest, "RFC 9112 7.1", "A chunk must be a length in hexadecimal, CRLF, the data and CRLF."),
        HandshakeError.BodyTooLarge => new(ContentTooLarge, "RFC 9110 15.5.14", "The body is too large."),
        HandshakeError.UnknownExpectation => new(ExpectationFailed, "RFC 9110 10.1.1", "The Expect header may ask for 100-continue only."),
        _ => new(BadRequest, "RFC 9110 15.5.1", "Bad request."),
    };
}
