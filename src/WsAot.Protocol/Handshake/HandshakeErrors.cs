namespace WsAot.Protocol.Handshake;

/// <summary>The one table from handshake error to HTTP status, section and text.</summary>
public static class HandshakeErrors
{
    private const int BadRequest = 400;
    private const int MethodNotAllowed = 405;
    private const int UpgradeRequired = 426;
    private const int HeaderFieldsTooLarge = 431;
    private const int HttpVersionNotSupported = 505;

    /// <summary>
    /// Describes an error. Some responses need headers too: <c>Allow: GET</c> for 405 and <c>Upgrade: websocket</c> for 426 (RFC 9110), and
    /// <c>Sec-WebSocket-Version: 13</c> for <see cref="HandshakeError.UnsupportedVersion"/> (RFC 6455 section 4.4).
    /// </summary>
    public static HandshakeErrorInfo Describe(HandshakeError error) => error switch
    {
        HandshakeError.None => new(101, "RFC 6455 4.2.2", "No error."),
        HandshakeError.MalformedRequestLine => new(BadRequest, "RFC 9112 3", "The request line is malformed."),
        HandshakeError.MalformedHeader => new(BadRequest, "RFC 9112 5", "A header line is malformed."),
        HandshakeError.UnsupportedHttpVersion => new(HttpVersionNotSupported, "RFC 6455 4.2.1", "The HTTP version must be 1.1."),
        HandshakeError.HeadTooLarge => new(HeaderFieldsTooLarge, "RFC 6585 5", "The request head is too large."),
        HandshakeError.TooManyHeaders => new(HeaderFieldsTooLarge, "RFC 6585 5", "The request has too many headers."),
        HandshakeError.MissingHost => new(BadRequest, "RFC 6455 4.2.1", "The Host header is missing."),
        HandshakeError.InvalidHost => new(BadRequest, "RFC 9112 3.2", "The Host header is invalid."),
        HandshakeError.DuplicateHeader => new(BadRequest, "RFC 9110 5.3", "A header that must be single is repeated."),
        HandshakeError.MethodNotAllowed => new(MethodNotAllowed, "RFC 6455 4.2.1", "The method must be GET."),
        HandshakeError.NotAnUpgrade => new(UpgradeRequired, "RFC 6455 4.2.1", "The Upgrade header must name websocket."),
        HandshakeError.MissingConnectionUpgrade => new(BadRequest, "RFC 6455 4.2.1", "The Connection header must name Upgrade."),
        HandshakeError.MissingKey => new(BadRequest, "RFC 6455 4.2.1", "The Sec-WebSocket-Key header is missing."),
        HandshakeError.InvalidKey => new(BadRequest, "RFC 6455 4.2.1", "The Sec-WebSocket-Key header must be 16 bytes in base64."),
        HandshakeError.MissingVersion => new(BadRequest, "RFC 6455 4.2.1", "The Sec-WebSocket-Version header is missing."),
        HandshakeError.UnsupportedVersion => new(UpgradeRequired, "RFC 6455 4.4", "The WebSocket version must be 13."),
        HandshakeError.BodyNotAllowed => new(BadRequest, "RFC 6455 4.1", "An opening handshake has no body."),
        HandshakeError.InvalidSubprotocols => new(BadRequest, "RFC 6455 4.1", "The Sec-WebSocket-Protocol header is invalid."),
        HandshakeError.InvalidExtensions => new(BadRequest, "RFC 6455 9.1", "The Sec-WebSocket-Extensions header is invalid."),
        HandshakeError.DataBeforeResponse => new(BadRequest, "RFC 6455 4.1", "Data came before the handshake was answered."),
        _ => new(BadRequest, "RFC 9110 15.5.1", "Bad request."),
    };
}
