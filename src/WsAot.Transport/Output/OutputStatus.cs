namespace WsAot.Transport;

/// <summary>What a connection did with bytes that were written to it.</summary>
public enum OutputStatus
{
    /// <summary>They are buffered, and sent with the next system call for this connection, at the latest when the batch ends.</summary>
    Buffered,

    /// <summary>They wait in order until the kernel takes more output.</summary>
    Queued,

    /// <summary>None were taken: the connection is closed or has failed, or its output was shut down.</summary>
    Refused,
}
