namespace WsAot;

/// <summary>How a connection ended (RFC 6455 section 7.1.4 to 7.1.6).</summary>
/// <param name="Code">
/// The close code from the peer, or the code that the server sent if the peer sent none. 1005: the close frame had no code. 1006: the
/// connection ended without a close frame.
/// </param>
/// <param name="Reason">The reason sent with the code; empty if there was none.</param>
/// <param name="WasClean">Whether both sides sent a close frame before the TCP connection ended.</param>
public readonly record struct WsClose(ushort Code, string Reason, bool WasClean);
