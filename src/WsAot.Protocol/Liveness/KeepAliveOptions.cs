namespace WsAot.Protocol.Liveness;

/// <summary>The timeouts of a connection, in milliseconds. Immutable; all connections of a route share one.</summary>
/// <param name="PingIntervalMs">How long the peer may be silent before a ping is sent; 0: never.</param>
/// <param name="PongTimeoutMs">How long the peer may take to answer a ping or show other activity.</param>
/// <param name="IdleTimeoutMs">How long the peer may send no message before the connection is closed; 0: never.</param>
/// <param name="CloseTimeoutMs">How long the closing handshake may take.</param>
public sealed record KeepAliveOptions(int PingIntervalMs, int PongTimeoutMs, int IdleTimeoutMs, int CloseTimeoutMs);
