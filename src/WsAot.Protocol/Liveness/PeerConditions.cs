namespace WsAot.Protocol.Liveness;

/// <summary>What a server knows of a connection when its deadline comes, and what decides how the peer's silence is judged.</summary>
[Flags]
public enum PeerConditions : byte
{
    /// <summary>Input is read, output is taken, and no handler is at work.</summary>
    None = 0,

    /// <summary>The server is not reading from the connection, so the peer cannot show that it is there.</summary>
    InputPaused = 1,

    /// <summary>As much output waits as may: a ping would wait behind it, and progress of the output is sign of life enough.</summary>
    OutputFull = 2,

    /// <summary>A handler is still working on a message, so the connection is not idle.</summary>
    HandlerBusy = 4,
}
