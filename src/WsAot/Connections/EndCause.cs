namespace WsAot.Connections;

/// <summary>Why a connection ended. Only the first cause counts; what follows from it does not change it.</summary>
internal enum EndCause : byte
{
    /// <summary>The connection has not begun to end.</summary>
    None,

    /// <summary>The peer sent a close frame.</summary>
    PeerClosed,

    /// <summary>The peer sent a FIN without a close frame.</summary>
    PeerShutdown,

    /// <summary>The peer's TCP connection failed, or was reset.</summary>
    PeerReset,

    /// <summary>The application sent a close frame, or the server sent one on its behalf.</summary>
    Closed,

    /// <summary>The server is stopping, and sent a close frame.</summary>
    Stopping,

    /// <summary>The peer sent a message of a type that the handler has no method for.</summary>
    UnsupportedData,

    /// <summary>The application dropped the TCP connection.</summary>
    Aborted,

    /// <summary>The peer broke the protocol or exceeded a limit.</summary>
    ProtocolError,

    /// <summary>The handler threw.</summary>
    HandlerFailed,

    /// <summary>The peer sent no message for the idle timeout.</summary>
    IdleTimeout,

    /// <summary>The peer answered neither a ping nor a close frame in time.</summary>
    NoAnswer,

    /// <summary>The peer reads published messages too slowly, and the route closes slow consumers.</summary>
    SlowConsumer,

    /// <summary>The peer sends faster than its rate limit, and the route closes such peers.</summary>
    RateLimited,

    /// <summary>The connection reached the maximum lifetime.</summary>
    LifetimeOver,

    /// <summary>A newer connection of the same user took its place.</summary>
    Replaced,

    /// <summary>Memory was running out, and the connection held a lot of it.</summary>
    MemoryPressure,
}
