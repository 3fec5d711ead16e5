namespace WsAot.Transport;

/// <summary>What became of bytes given to a connection.</summary>
public enum OutputStatus
{
    /// <summary>They leave with the next system call for this connection, before the batch ends.</summary>
    Sent,

    /// <summary>They wait in order until the kernel takes more.</summary>
    Queued,

    /// <summary>The connection is closed, failed, or its output was shut down: nothing was taken.</summary>
    Refused,
}
