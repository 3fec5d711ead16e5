namespace WsAot.Protocol.Handshake;

/// <summary>
/// Why a request is refused. <see cref="HandshakeErrors.Describe"/> gives the HTTP status, the section and a text for each.
/// </summary>
public enum HandshakeError : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The first line is not <c>method target HTTP/d.d</c>, or the request is not HTTP at all.</summary>
    MalformedRequestLine,

    /// <summary>A header line is not <c>name: value</c>, is folded, or has a forbidden byte.</summary>
    MalformedHeader,

    /// <summary>The first bytes are a TLS ClientHello: the client speaks wss:// to a port for ws://.</summary>
    TlsClientHello,

    /// <summary>The first bytes are a header of the PROXY protocol (version 1 or 2), which the port does not expect.</summary>
    ProxyProtocol,

    /// <summary>The version is not HTTP/1.x, or is HTTP/1.0 in a handshake, which needs 1.1.</summary>
    UnsupportedHttpVersion,

    /// <summary>
    /// The request asks for a WebSocket in HTTP/1.0, as from a proxy that is not configured for HTTP/1.1. A server ignores Upgrade in
    /// HTTP/1.0 and treats this as a plain request (RFC 9110 section 7.8).
    /// </summary>
    UpgradeInHttp10,

    /// <summary>The head is longer than the limit.</summary>
    HeadTooLarge,

    /// <summary>The head has more header lines than the limit.</summary>
    TooManyHeaders,

    /// <summary>There is no Host header, or an empty one.</summary>
    MissingHost,

    /// <summary>The Host header is not a host and an optional port.</summary>
    InvalidHost,

    /// <summary>The Host header is repeated.</summary>
    DuplicateHost,

    /// <summary>The Origin header is repeated.</summary>
    DuplicateOrigin,

    /// <summary>The Content-Length header is repeated.</summary>
    DuplicateContentLength,

    /// <summary>The Content-Length header is not a number.</summary>
    InvalidContentLength,

    /// <summary>The request has both Content-Length and Transfer-Encoding, and so two lengths.</summary>
    TwoLengths,

    /// <summary>The Transfer-Encoding header does not end in <c>chunked</c>, or comes in HTTP/1.0, which does not have it.</summary>
    InvalidTransferEncoding,

    /// <summary>The Transfer-Encoding header names a coding other than <c>chunked</c>.</summary>
    UnknownTransferEncoding,

    /// <summary>The Sec-WebSocket-Key header is repeated.</summary>
    DuplicateKey,

    /// <summary>The Sec-WebSocket-Version header is repeated.</summary>
    DuplicateVersion,

    /// <summary>The method is not GET.</summary>
    MethodNotAllowed,

    /// <summary>The Upgrade header does not name <c>websocket</c>.</summary>
    NotAnUpgrade,

    /// <summary>The Connection header does not name <c>Upgrade</c>.</summary>
    MissingConnectionUpgrade,

    /// <summary>There is no Sec-WebSocket-Key.</summary>
    MissingKey,

    /// <summary>The Sec-WebSocket-Key is not 16 bytes in base64.</summary>
    InvalidKey,

    /// <summary>There is no Sec-WebSocket-Version.</summary>
    MissingVersion,

    /// <summary>The Sec-WebSocket-Version is not 13. The response names version 13.</summary>
    UnsupportedVersion,

    /// <summary>The request announces a body.</summary>
    BodyNotAllowed,

    /// <summary>A name in Sec-WebSocket-Protocol is not a token.</summary>
    InvalidSubprotocols,

    /// <summary>A name in Sec-WebSocket-Protocol comes twice.</summary>
    DuplicateSubprotocol,

    /// <summary>Sec-WebSocket-Protocol has more names than <see cref="Subprotocols.MaxOffered"/>.</summary>
    TooManySubprotocols,

    /// <summary>Sec-WebSocket-Extensions does not follow its grammar.</summary>
    InvalidExtensions,

    /// <summary>The client sent bytes after the head without waiting for the response.</summary>
    DataBeforeResponse,

    /// <summary>A chunk of the body, or a line around it, is malformed.</summary>
    InvalidChunk,

    /// <summary>The body is longer than the limit.</summary>
    BodyTooLarge,

    /// <summary>The Expect header asks for something other than <c>100-continue</c>.</summary>
    UnknownExpectation,
}
