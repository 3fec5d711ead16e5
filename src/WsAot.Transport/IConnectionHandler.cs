namespace WsAot.Transport;

/// <summary>What a connection tells its owner. Every call comes on the connection's loop, one at a time.</summary>
public interface IConnectionHandler
{
    /// <summary>
    /// Bytes came. They lie in the loop's one receive buffer: they may be changed in place, and are gone when the call returns.
    /// What is written during the call leaves in one system call after it.
    /// </summary>
    void OnReceived(Span<byte> bytes);

    /// <summary>
    /// The turn that was asked for with <see cref="TransportConnection.RequestTurn"/>. What is written during the call leaves in one system
    /// call after it.
    /// </summary>
    void OnTurn()
    {
    }

    /// <summary>The peer sends no more (its FIN came). Output still can be sent.</summary>
    void OnPeerShutdown();

    /// <summary>
    /// Less output waits than before (see <see cref="TransportConnection.PendingBytes"/>): the kernel has taken some of what it had
    /// refused, or, the peer being gone, it will take none and all was dropped. Who paused reading for it may resume in either case.
    /// </summary>
    void OnOutputProgress();

    /// <summary>
    /// The peer is gone while reading is paused: nothing can be sent to it any more, but what it sent before may still be read. The end
    /// comes when reading is resumed, or when the owner closes.
    /// </summary>
    void OnPeerGone()
    {
    }

    /// <summary>The connection is gone, from either side and for whatever reason. Called exactly once, and last.</summary>
    void OnClosed();
}
