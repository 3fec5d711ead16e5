namespace WsAot.Transport;

/// <summary>The owner of a loop. The loop calls it on its own thread, one call at a time.</summary>
public interface ILoopHandler
{
    /// <summary>A connection was accepted; it belongs to this loop until it is closed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="listener">The object that was given to <see cref="ServerTransport.Listen"/> for the address it came in on.</param>
    /// <returns>The handler of the connection.</returns>
    IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener);

    /// <summary>
    /// The batch is over: everything that was ready has been handled. Output that is written in this call is still sent with it.
    /// </summary>
    /// <returns>The milliseconds after which the loop calls again even if nothing happens; -1: only when something does.</returns>
    int OnBatchEnd();

    /// <summary>
    /// The process has no descriptors or no memory left for new connections. They wait in the kernel's backlog, and the loop tries again
    /// after <see cref="TransportLoop.AcceptRetryMs"/>.
    /// </summary>
    /// <param name="reason">Why, for a log line.</param>
    void OnAcceptFailed(string reason);

    /// <summary>
    /// A handler or a posted call threw, which is a bug in it. If it was the handler of a connection, that connection has been aborted.
    /// This method must not throw.
    /// </summary>
    void OnUnhandledException(Exception exception);

    /// <summary>
    /// The loop has ended, and all its connections are closed. This is the last call; a loop that never ran does not make it.
    /// </summary>
    void OnEnded()
    {
    }
}
