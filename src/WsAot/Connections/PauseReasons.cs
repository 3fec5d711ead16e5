namespace WsAot.Connections;

/// <summary>Why a session does not receive. It receives again when none is left.</summary>
[Flags]
internal enum PauseReasons : byte
{
    None = 0,

    /// <summary>As much output waits as may; until half of it has gone.</summary>
    OutputFull = 1,

    /// <summary>It has published more than other loops could deliver yet.</summary>
    PublishBacklog = 2,

    /// <summary>As many messages wait for the handler as may; until half of them are left.</summary>
    QueueFull = 4,

    /// <summary>Something that was received has not been read yet.</summary>
    DeferredBytes = 8,

    /// <summary>It has had its turn, and another one is on its way.</summary>
    TurnPending = 16,
}
