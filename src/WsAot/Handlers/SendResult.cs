namespace WsAot;

/// <summary>The result of sending a message.</summary>
public enum SendResult
{
    /// <summary>The message is sent by the loop's next system call for this connection; no other message waits before it.</summary>
    Sent,

    /// <summary>
    /// The message waits in order: the client reads slowly, or you called from a thread other than the connection's loop.
    /// </summary>
    Queued,

    /// <summary>The message was not accepted: the connection is closing or closed, or its output limit is reached.</summary>
    Refused,
}
