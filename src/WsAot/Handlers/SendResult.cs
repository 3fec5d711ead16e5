namespace WsAot;

/// <summary>What became of a message that was given to a connection.</summary>
public enum SendResult
{
    /// <summary>It goes out with the loop's next system call for this connection; nothing else waits before it.</summary>
    Sent,

    /// <summary>It waits, in order: the peer reads slowly, or the call came from another thread than the connection's loop.</summary>
    Queued,

    /// <summary>It was not taken: the connection is closing or closed, or its output limit is reached.</summary>
    Refused,
}
