namespace WsAot.Server;

/// <summary>The state of a server. It only ever moves to a later state.</summary>
internal enum ServerState
{
    /// <summary>The server has not been started.</summary>
    Created,

    /// <summary>The server accepts connections.</summary>
    Running,

    /// <summary>The server accepts no more connections, and closes the open ones.</summary>
    Stopping,

    /// <summary>The loops have ended, or the server could not be started.</summary>
    Stopped,
}
