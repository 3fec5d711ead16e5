namespace WsAot;

/// <summary>What happens when background work throws an exception. See <see cref="WsServerBuilder.AddBackgroundWork"/>.</summary>
public enum WsBackgroundFailure
{
    /// <summary>
    /// The failure is logged as critical, and the server stops as if it had been asked to: connections are drained.
    /// <see cref="WsServer.RunAsync"/> then ends with 1, so that whatever supervises the process starts it again.
    /// </summary>
    StopServer,

    /// <summary>
    /// The failure is logged as an error, and the work is started again: after 1 second, then 2, 4, up to 30 seconds; after 1 second again
    /// if it had run for longer than 30.
    /// </summary>
    Restart,
}
