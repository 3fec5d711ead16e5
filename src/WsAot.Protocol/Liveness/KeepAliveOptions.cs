namespace WsAot.Protocol.Liveness;

/// <summary>The timeouts of a connection, in milliseconds. Immutable; all connections of a route share one.</summary>
/// <param name="PingIntervalMs">Silence after which a ping is sent; 0: never.</param>
/// <param name="PongTimeoutMs">How long the peer may leave a ping without any sign of life.</param>
/// <param name="IdleTimeoutMs">Time without a message from the peer after which the connection is closed; 0: never.</param>
/// <param name="CloseTimeoutMs">How long the closing handshake may take.</param>
public sealed record KeepAliveOptions(int PingIntervalMs, int PongTimeoutMs, int IdleTimeoutMs, int CloseTimeoutMs);
