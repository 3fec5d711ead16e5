namespace WsAot.Protocol;

/// <summary>How to answer and explain a <see cref="ProtocolError"/>.</summary>
/// <param name="CloseCode">The code for the close frame that answers it.</param>
/// <param name="Section">The section of RFC 6455, such as <c>5.2</c>.</param>
/// <param name="Text">A sentence in ASCII, short enough for the reason of a close frame (123 bytes).</param>
public readonly record struct ProtocolErrorInfo(ushort CloseCode, string Section, string Text);
