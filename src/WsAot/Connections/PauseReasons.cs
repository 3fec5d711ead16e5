namespace WsAot.Connections;

/// <summary>Why a session has paused reading. It resumes when no reason is left.</summary>
[Flags]
internal enum PauseReasons : ushort
{
    None = 0,

    /// <summary>The output limit is reached. Ends when half of the output has been sent.</summary>
    OutputFull = 1,

    /// <summary>The connection has published faster than its messages are delivered.</summary>
    PublishBacklog = 2,

    /// <summary>The input limit is reached. Ends when half of the queued messages have been handled.</summary>
    QueueFull = 4,

    /// <summary>The peer has used up its rate. Ends when the rate lets it send again.</summary>
    RateLimited = 8,

    /// <summary>The connection has used up its turn; its next turn is requested.</summary>
    TurnPending = 16,

    /// <summary>A large message waits until the message of another connection is inflated.</summary>
    InflationWait = 32,

    /// <summary>
    /// Pending calls hold as much as they may. Ends when half of that is free. Reading continues, because the calls may be waiting for an
    /// answer or a cancellation from the peer.
    /// </summary>
    CallsFull = 64,

    /// <summary>
    /// Not a reason to pause: each message is counted, for the log or against a rate, or the next one is timed. The flag is here so that
    /// the one check of each message covers it, and connections that are not counted pay nothing.
    /// </summary>
    Counted = 128,

    /// <summary>
    /// Received bytes are set aside and have not been read yet. Not in the first byte, which has the flags that each message checks.
    /// </summary>
    DeferredBytes = 256,

    /// <summary>The reasons that stop the reading of deferred bytes.</summary>
    HoldsReading = OutputFull | PublishBacklog | QueueFull | RateLimited,

    /// <summary>The reasons that make messages wait instead of going to the handler.</summary>
    HoldsMessages = OutputFull | PublishBacklog | CallsFull,

    /// <summary>The reasons that do not stop reading.</summary>
    LetsRead = CallsFull | Counted,

    /// <summary>The reasons that end when the connection begins to close.</summary>
    HoldsWhileOpen = HoldsReading | HoldsMessages,
}
