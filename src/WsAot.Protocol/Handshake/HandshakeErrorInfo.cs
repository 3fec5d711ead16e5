namespace WsAot.Protocol.Handshake;

/// <summary>How a <see cref="HandshakeError"/> is answered and explained.</summary>
/// <param name="StatusCode">The HTTP status of the response.</param>
/// <param name="Section">Where the rule stands, such as <c>RFC 6455 4.2.1</c>.</param>
/// <param name="Text">A sentence in ASCII for the body of the response.</param>
public readonly record struct HandshakeErrorInfo(int StatusCode, string Section, string Text);
