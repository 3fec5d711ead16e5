namespace WsAot.Server;

/// <summary>How far a server has come. It goes from one state to a later one, never back.</summary>
internal enum ServerState
{
    /// <summary>It has not been started.</summary>
    Created,

    /// <summary>It listens.</summary>
    Running,

    /// <summary>Nobody is let in any more; the connections that are there are being closed.</summary>
    Stopping,

    /// <summary>Its loops have ended, or it could not be started.</summary>
    Stopped,
}
