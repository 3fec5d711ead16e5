namespace WsAot.Protocol.Liveness;

/// <summary>The state of a connection at its deadline, which decides how to judge the peer's silence.</summary>
[Flags]
public enum PeerConditions : byte
{
    /// <summary>Input is read, the peer has got all output, and no handler is busy.</summary>
    None = 0,

    /// <summary>The server is not reading from the connection, so the peer cannot show that it is alive.</summary>
    InputPaused = 1,

    /// <summary>The output limit is reached. A ping would wait behind the output, and its progress shows that the peer is alive.</summary>
    OutputFull = 2,

    /// <summary>A handler is busy with a message, so the connection is not idle.</summary>
    HandlerBusy = 4,

    /// <summary>The peer has not acknowledged all output. A ping waits behind it.</summary>
    OutputUndelivered = 8,

    /// <summary>Part of a message has arrived. The connection is not idle while more of it arrives.</summary>
    MessageInProgress = 16,
}
