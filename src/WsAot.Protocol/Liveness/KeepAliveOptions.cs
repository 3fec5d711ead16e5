namespace WsAot.Protocol.Liveness;

/// <summary>The timeouts of a connection, in milliseconds. Immutable; all connections of a route share one.</summary>
/// <param name="pingIntervalMs">How long the peer may be silent before a ping is sent; 0: never.</param>
/// <param name="pongTimeoutMs">How long the peer may take to answer a ping or show other activity.</param>
/// <param name="idleTimeoutMs">How long no message may go either way before the connection is closed; 0: never.</param>
/// <param name="closeTimeoutMs">How long the closing handshake may take once the peer takes no more output.</param>
public sealed class KeepAliveOptions(int pingIntervalMs, int pongTimeoutMs, int idleTimeoutMs, int closeTimeoutMs)
{
    /// <summary>Silence after which a ping is sent; 0: never.</summary>
    public int PingIntervalMs { get; } = pingIntervalMs;

    /// <summary>How long the peer may take to answer a ping or show other activity.</summary>
    public int PongTimeoutMs { get; } = pongTimeoutMs;

    /// <summary>Time without a message in either direction after which the connection is closed; 0: never.</summary>
    public int IdleTimeoutMs { get; } = idleTimeoutMs;

    /// <summary>How long a closing peer may neither end the connection nor take <see cref="OutputProgress.MinBytes"/> of output.</summary>
    public int CloseTimeoutMs { get; } = closeTimeoutMs;
}
