namespace WsAot.Transport;

/// <summary>The owner of a connection. Every call comes on the connection's loop, one at a time.</summary>
public interface IConnectionHandler
{
    /// <summary>
    /// The peer sent bytes. They lie in the receive buffer of the loop: the handler may change them in place, and must not use them after
    /// the call. Everything that is written during the call leaves in one system call after it.
    /// </summary>
    void OnReceived(Span<byte> bytes);

    /// <summary>
    /// The turn that was requested with <see cref="TransportConnection.RequestTurn"/>. Everything that is written during the call leaves in
    /// one system call after it.
    /// </summary>
    void OnTurn()
    {
    }

    /// <summary>The peer has ended its output (a FIN). Output to it can still be sent.</summary>
    void OnPeerShutdown();

    /// <summary>
    /// <see cref="ConnectionOutput.PendingBytes"/> went down: the kernel took output that it had refused, or the connection failed and
    /// all output was dropped. In either case, a handler that paused reading because of pending output may resume it.
    /// </summary>
    void OnOutputProgress();

    /// <summary>
    /// The connection was lost while reading is paused. Nothing can be sent any more, but what the peer sent before can still be read. The
    /// connection closes when reading is resumed and reaches the end, or when the owner closes it.
    /// </summary>
    void OnPeerReset()
    {
    }

    /// <summary>
    /// The TLS handshake has failed, or later input could not be decrypted. Nothing can be received or sent any more. If the handler has
    /// called <see cref="TransportConnection.ShutdownOutput"/> when this returns, further input is discarded until the peer ends its side
    /// or the handler closes the connection; otherwise the connection is closed at once.
    /// </summary>
    /// <param name="reason">What was wrong, for a log line.</param>
    void OnTlsFailed(string reason)
    {
    }

    /// <summary>The connection is closed, by either side and for any reason. Called exactly once, and last.</summary>
    void OnClosed();
}
