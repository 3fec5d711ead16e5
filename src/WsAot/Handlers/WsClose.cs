namespace WsAot;

/// <summary>How a connection ended (RFC 6455 section 7.1.4 to 7.1.6).</summary>
/// <param name="Code">
/// The close code received from the peer, or the one sent if the peer sent none; 1005 where the close frame had no code, 1006
/// where the connection ended without a close frame.
/// </param>
/// <param name="Reason">The reason that came with the code; empty where there was none.</param>
/// <param name="WasClean">Whether close frames went both ways before the end of the TCP connection.</param>
public readonly record struct WsClose(ushort Code, string Reason, bool WasClean);
