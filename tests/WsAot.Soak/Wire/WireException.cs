namespace WsAot.Soak.Wire;

/// <summary>The server sent something that RFC 6455 forbids, or refused the handshake.</summary>
internal sealed class WireException(string message) : Exception(message);
