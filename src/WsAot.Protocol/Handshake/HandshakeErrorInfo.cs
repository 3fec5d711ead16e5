namespace WsAot.Protocol.Handshake;

/// <summary>How to answer and explain a <see cref="HandshakeError"/>.</summary>
/// <param name="StatusCode">The HTTP status of the response.</param>
/// <param name="Section">The section with the rule, such as <c>RFC 6455 4.2.1</c>.</param>
/// <param name="Text">A sentence in ASCII for the body of the response.</param>
public readonly record struct HandshakeErrorInfo(int StatusCode, string Section, string Text);
