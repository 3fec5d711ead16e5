namespace WsAot.Connections;

/// <summary>Why a session has paused reading. It resumes when no reason is left.</summary>
[Flags]
internal enum PauseReasons : ushort
{
    None = 0,

    /// <summary>The output limit is reached; until half of the output has been sent.</summary>
    OutputFull = 1,

    /// <summary>The connection has published faster than its messages are delivered.</summary>
    PublishBacklog = 2,

    /// <summary>The input limit is reached; until half of the queued messages have been handled.</summary>
    QueueFull = 4,

    /// <summary>The peer has used up the rate at which it may send; until it may again.</summary>
    RateLimited = 8,

    /// <summary>The connection has used up its turn; its next turn is requested.</summary>
    TurnPending = 16,

    /// <summary>A large message has to wait until another connection's is inflated.</summary>
    InflationWait = 32,

    /// <summary>
    /// Pending calls hold as much as they may; until half of that is free. Reading goes on, since the calls may wait for an answer of the
    /// peer or for a cancellation.
    /// </summary>
    CallsFull = 64,

    /// <summary>
    /// No reason to pause: each message is counted, for the log or against a rate, or the next one is timed. It stands here so that the one
    /// check of each message covers it, and connections that are not counted pay nothing.
    /// </summary>
    Counted = 128,

    /// <summary>Received bytes are set aside and have not been read yet. What each message asks for is in the first byte.</summary>
    DeferredBytes = 256,

    /// <summary>The reasons for which deferred bytes are not read.</summary>
    HoldsReading = OutputFull | PublishBacklog | QueueFull | RateLimited,

    /// <summary>The reasons for which messages wait instead of going to the handler.</summary>
    HoldsMessages = OutputFull | PublishBacklog | CallsFull,

    /// <summary>The reasons for which reading goes on.</summary>
    LetsRead = CallsFull | Counted,

    /// <summary>The reasons that fall away when the connection begins to close.</summary>
    HoldsWhileOpen = HoldsReading | HoldsMessages,
}
