namespace WsAot.Connections;

/// <summary>What has begun the end of a connection; what follows from it does not change it.</summary>
internal enum EndCause : byte
{
    /// <summary>Nothing: it has not begun to end.</summary>
    None,

    /// <summary>The peer's close frame came.</summary>
    PeerClosed,

    /// <summary>The peer's FIN came without a close frame.</summary>
    PeerShutdown,

    /// <summary>The peer's TCP connection failed, or was reset.</summary>
    PeerReset,

    /// <summary>The application, or the server for it, sent a close frame.</summary>
    Closed,

    /// <summary>The application dropped TCP.</summary>
    Aborted,

    /// <summary>The peer broke the protocol, or a limit.</summary>
    ProtocolError,

    /// <summary>The handler threw.</summary>
    HandlerFailed,

    /// <summary>The peer sent no message for the idle timeout.</summary>
    IdleTimeout,

    /// <summary>The peer answered neither a ping nor a close frame in time.</summary>
    NoAnswer,

    /// <summary>The peer is too slow for what is published to it, and its route closes such.</summary>
    SlowConsumer,
}
