namespace WsAot.Transport.Connections;

/// <summary>The state of a connection. Its output and its lifecycle share one number, so that a write checks both at once.</summary>
[Flags]
internal enum ConnectionFlags : ushort
{
    ReadingPaused = 1,

    /// <summary>The peer has sent its FIN.</summary>
    PeerShut = 2,

    /// <summary>The owner has ended the output; the FIN follows when all pending output has been sent.</summary>
    ShutdownRequested = 4,

    /// <summary>Our FIN was sent.</summary>
    OutputShut = 8,

    /// <summary>The kernel will never take output again.</summary>
    OutputFailed = 16,

    /// <summary>The kernel takes no output now; it reports when it takes output again.</summary>
    OutputBlocked = 32,

    /// <summary>The loop flushes this connection when the batch ends.</summary>
    NeedsFlush = 64,

    Closed = 128,

    /// <summary>The descriptor is closed with a reset.</summary>
    Aborted = 256,

    /// <summary>The owner was told that the peer is gone.</summary>
    PeerReset = 512,

    TurnRequested = 1024,

    /// <summary>TLS holds ciphertext that the kernel has refused. It is sent before the queue.</summary>
    CiphertextHeld = 2048,

    /// <summary>Epoll watches for input.</summary>
    WatchedForInput = 4096,

    /// <summary>Epoll watches for room for output.</summary>
    WatchedForOutput = 8192,

    /// <summary>Epoll has reported a hang-up, and must not report it again.</summary>
    WatchedOnce = 16384,

    /// <summary>What epoll watches for.</summary>
    Watched = WatchedForInput | WatchedForOutput | WatchedOnce,
}
