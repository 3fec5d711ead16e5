namespace WsAot.Testing.Running;

/// <summary>How a wait has ended.</summary>
internal enum WaitEnd
{
    /// <summary>What was waited for is there.</summary>
    There,

    /// <summary>It cannot come: nothing is left to do, and no handler is busy.</summary>
    Idle,

    /// <summary>A handler was busy for longer than the wait may take.</summary>
    TimedOut,

    /// <summary>The server runs below the caller on this thread, so it cannot go on until the caller returns.</summary>
    Nested,
}
