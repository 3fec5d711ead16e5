namespace WsAot.Transport;

/// <summary>What a loop tells its owner. Every call comes on the loop's thread.</summary>
public interface ILoopHandler
{
    /// <summary>A connection was accepted and belongs to this loop for life.</summary>
    /// <returns>The object that hears of it from now on.</returns>
    IConnectionHandler OnConnected(TransportConnection connection);

    /// <summary>All events that were ready have been handled. Output written in this call still leaves with the batch.</summary>
    /// <returns>In how many milliseconds the loop shall call again even if nothing happens; -1: not before something does.</returns>
    int OnBatchEnd();

    /// <summary>
    /// Accepting failed for want of descriptors or memory; it is tried again after <see cref="TransportLoop.AcceptRetryMs"/>.
    /// Those who knock meanwhile wait in the kernel's backlog.
    /// </summary>
    void OnAcceptFailed(string reason);

    /// <summary>A handler or a posted call threw, which none should. Its connection, if there is one, has been closed. This may not throw.</summary>
    void OnUnhandledException(Exception exception);

    /// <summary>The loop ends, and every connection is gone. Called once, and last; not for a loop that never ran.</summary>
    void OnEnded()
    {
    }
}
