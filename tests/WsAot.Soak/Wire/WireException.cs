namespace WsAot.Soak.Wire;

/// <summary>The server sent what RFC 6455 forbids it to send, or refused the handshake.</summary>
internal sealed class WireException(string message) : Exception(message);
