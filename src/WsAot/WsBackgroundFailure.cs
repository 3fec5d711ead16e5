namespace WsAot;

/// <summary>What happens when background work throws an exception. See <see cref="WsServerBuilder.AddBackgroundWork"/>.</summary>
public enum WsBackgroundFailure
{
    /// <summary>
    /// The failure is logged as critical, and the server drains its connections and stops. <see cref="WsServer.RunAsync"/> then returns 1,
    /// so that a supervisor starts the process again.
    /// </summary>
    StopServer,

    /// <summary>
    /// The failure is logged as an error, and the work is started again after 1 second, then after 2, 4 and so on up to 30 seconds. Once it
    /// has run for longer than 30 seconds, the delay starts at 1 second again.
    /// </summary>
    Restart,
}
