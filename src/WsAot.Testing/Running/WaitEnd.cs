namespace WsAot.Testing.Running;

/// <summary>How a wait ended.</summary>
internal enum WaitEnd
{
    /// <summary>The condition is met.</summary>
    There,

    /// <summary>The condition cannot be met: nothing is left to do, and no handler is busy.</summary>
    Idle,

    /// <summary>A handler was busy for longer than the timeout.</summary>
    TimedOut,

    /// <summary>The server is running this very code, so it cannot continue until the caller returns.</summary>
    Nested,
}
