namespace WsAot;

/// <summary>The result of sending a message.</summary>
public enum SendResult
{
    /// <summary>The message leaves with the loop's next system call for this connection; nothing waits before it.</summary>
    Sent,

    /// <summary>
    /// The message waits in order: the client reads slowly, or you called from another thread than the connection's loop.
    /// </summary>
    Queued,

    /// <summary>The message was not accepted: the connection is closing or closed, or its output limit is reached.</summary>
    Refused,
}
