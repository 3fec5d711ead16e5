using System.Diagnostics;
using WsAot.Transport.Connections;

namespace WsAot.Transport;

/// <summary>
/// A connection: its input, its turns and its end; <see cref="ConnectionOutput"/> has its output. It belongs to one loop until it is
/// closed, and is used on that loop only (from another thread, use <see cref="TransportLoop.Post"/>).
/// </summary>
public abstract class TransportConnection : ConnectionOutput
{
    private protected TransportConnection(TransportLoop loop, PeerAddress remoteAddress)
        : base(loop) => RemoteAddress = remoteAddress;

    /// <summary>
    /// The address of the peer. Any thread. If the peer is a proxy, set it to the client's address, while no other thread uses the
    /// connection.
    /// </summary>
    public PeerAddress RemoteAddress { get; set; }

    /// <summary>
    /// The preamble, if the connection came in on a listener that has one (<see cref="ListenOptions.HasPreamble"/>) and the preamble is not
    /// over.
    /// </summary>
    public virtual IPreamble? Preamble => null;

    /// <summary>Whether <see cref="Close"/> or <see cref="Abort"/> was called, or the connection failed.</summary>
    public bool IsClosed => Has(ConnectionFlags.Closed);

    /// <summary>Whether reading is paused (<see cref="PauseReading"/>).</summary>
    public bool IsReadingPaused => Has(ConnectionFlags.ReadingPaused);

    /// <summary>Whether the connection is encrypted. Any thread.</summary>
    public virtual bool IsEncrypted => Tls is not null;

    /// <summary>
    /// Whether bytes can be exchanged: false for a connection with TLS until its handshake is over. What is written until then waits.
    /// </summary>
    public virtual bool IsEstablished => Tls is not { IsEstablished: false };

    /// <summary>
    /// The result of the TLS handshake; null on a plain connection, before the handshake is over, and once the connection is closed.
    /// </summary>
    public virtual TlsDetails? GetTlsDetails() => Tls?.GetDetails();

    /// <summary>Whether the peer has sent its FIN.</summary>
    private protected bool IsPeerShut => Has(ConnectionFlags.PeerShut);

    /// <summary>Whether the descriptor is to be closed with a reset instead of a FIN.</summary>
    private protected bool IsAborted => Has(ConnectionFlags.Aborted);

    /// <summary>Whether the kernel reads the queue in the background. If so, the transport releases the queue later.</summary>
    internal virtual bool IsQueueInUse => false;

    /// <summary>Ends the output, with a FIN after everything that was written. Input continues until the peer ends it, too.</summary>
    public void ShutdownOutput()
    {
        AssertOnLoop();
        if (Has(ConnectionFlags.ShutdownRequested | ConnectionFlags.Closed)) return;
        SetFlags(ConnectionFlags.ShutdownRequested);
        if (!IsCorked) FinishShutdown();
    }

    /// <summary>Stops reading, so that back-pressure reaches the peer. Bytes that have already arrived stay in the kernel.</summary>
    public void PauseReading()
    {
        AssertOnLoop();
        if (Has(ConnectionFlags.ReadingPaused | ConnectionFlags.Closed)) return;
        SetFlags(ConnectionFlags.ReadingPaused);
        UpdateInterest();
    }

    /// <summary>Reads again after <see cref="PauseReading"/>.</summary>
    public void ResumeReading()
    {
        AssertOnLoop();
        if (!Has(ConnectionFlags.ReadingPaused) || Has(ConnectionFlags.Closed)) return;
        ClearFlags(ConnectionFlags.ReadingPaused);
        UpdateInterest();
    }

    /// <summary>How much output the peer has acknowledged. Makes a system call.</summary>
    public OutputDelivery GetDelivery()
    {
        AssertOnLoop();
        return Has(ConnectionFlags.Closed) ? default : ReadDelivery();
    }

    /// <summary>
    /// Requests a turn in the next batch (<see cref="IConnectionHandler.OnTurn"/>), for an owner that has more to do than it should do at
    /// once. Every connection that requests turns gets one per batch. Closing the connection cancels the turn.
    /// </summary>
    public void RequestTurn()
    {
        AssertOnLoop();
        if (Has(ConnectionFlags.TurnRequested | ConnectionFlags.Closed)) return;
        SetFlags(ConnectionFlags.TurnRequested);
        Loop.AddTurn(this);
    }

    /// <summary>
    /// Closes the connection now; output that still waits is dropped. <see cref="IConnectionHandler.OnClosed"/> follows when the batch
    /// ends, because events of this batch may still refer to the connection.
    /// </summary>
    public void Close()
    {
        AssertOnLoop();
        if (Has(ConnectionFlags.Closed)) return;
        SetFlags(ConnectionFlags.Closed);
        Loop.AddClosed(this);
    }

    /// <inheritdoc/>
    public sealed override void Abort()
    {
        if (Has(ConnectionFlags.Closed)) return;
        SetFlags(ConnectionFlags.Aborted);
        Close();
    }

    /// <summary>Asks the owner of the loop for the handler of this connection. The loop has already counted the connection.</summary>
    internal void Introduce(ListenOptions listener)
    {
        AssertOnLoop();
        try
        {
            Handler = Loop.Handler.OnConnected(this, listener);
        }
        catch (Exception exception)
        {
            Loop.OnException(exception, this);
        }
    }

    /// <summary>TLS has ciphertext that the kernel has refused.</summary>
    internal void OnCiphertextHeld()
    {
        SetFlags(ConnectionFlags.CiphertextHeld);
        Block();
    }

    /// <summary>The TLS handshake is complete: output that waited for it can be sent.</summary>
    internal void OnTlsEstablished()
    {
        if (!Has(ConnectionFlags.CiphertextHeld)) OnWritable();
    }

    /// <summary>TLS wants no input for now, or wants it again.</summary>
    internal void OnTlsInterestChanged() => UpdateInterest();

    /// <summary>Receives what TLS has left in the kernel while other handshakes had their turn.</summary>
    internal void ResumeReceiving()
    {
        UpdateInterest();
        if (!Has(ConnectionFlags.Closed | ConnectionFlags.ReadingPaused | ConnectionFlags.PeerShut)) ReceiveOnce();
    }

    /// <summary>TLS has failed: pending output can no longer be sent.</summary>
    /// <returns>Whether the owner has ended its side, and wants to close the connection itself.</returns>
    internal bool OnTlsFailed(string reason)
    {
        if (Has(ConnectionFlags.Closed)) return true;
        ClearFlags(ConnectionFlags.OutputBlocked | ConnectionFlags.CiphertextHeld);
        ReleaseQueue();
        Handler.OnTlsFailed(reason);
        UpdateInterest();
        return Has(ConnectionFlags.ShutdownRequested | ConnectionFlags.Closed);
    }

    internal sealed override void RunTurn()
    {
        ClearFlags(ConnectionFlags.TurnRequested);
        if (Has(ConnectionFlags.Closed)) return;
        Cork();
        try
        {
            Handler.OnTurn();
        }
        finally
        {
            Uncork();
        }
    }

    internal sealed override void Free()
    {
        Debug.Assert(Has(ConnectionFlags.Closed), "A connection is closed before it is freed.");
        Tls?.Close(IsAborted);
        CloseSocket();
        if (!IsQueueInUse) ReleaseQueue();
        Handler.OnClosed();
    }

    /// <summary>The socket has input, an end or an error: receives once, and tells the handler.</summary>
    private protected InputStatus ReceiveOnce()
    {
        Debug.Assert(!Has(ConnectionFlags.Closed | ConnectionFlags.ReadingPaused | ConnectionFlags.PeerShut), "No input is wanted.");
        InputStatus status = Receive(Loop.ReceiveBuffer, out int length);
        if (status == InputStatus.Received) Deliver(length);
        else if (status == InputStatus.Ended) OnPeerShut();
        else if (status == InputStatus.Failed) Close();
        else if (status == InputStatus.ReceivedLast) DeliverLast(length);
        return status;
    }

    /// <summary>The connection is lost while reading is paused. Bytes that arrived before can still be read.</summary>
    private protected void OnLostWhilePaused()
    {
        if (Has(ConnectionFlags.PeerReset | ConnectionFlags.Closed) || !Has(ConnectionFlags.ReadingPaused)) return;
        SetFlags(ConnectionFlags.PeerReset);
        Handler.OnPeerReset();
    }

    /// <summary>
    /// Receives without waiting. All input from the socket comes through this method. A connection with TLS receives the ciphertext into
    /// another buffer, and decrypts all of it into this one.
    /// </summary>
    /// <param name="buffer">
    /// The receive buffer of the loop. The socket gives at most <see cref="TransportLoop.ReceiveBytes"/> of it.
    /// </param>
    /// <param name="length">The number of bytes received.</param>
    private protected abstract InputStatus Receive(Span<byte> buffer, out int length);

    /// <summary>Makes the kernel watch the socket for input, for room for output, for both, or for neither.</summary>
    private protected abstract void SetInterest(bool reading, bool writing);

    /// <summary>Asks the kernel how much output was acknowledged.</summary>
    private protected abstract OutputDelivery ReadDelivery();

    /// <summary>Sends the FIN.</summary>
    private protected abstract void SendShutdown();

    /// <summary>Closes the descriptor.</summary>
    private protected abstract void CloseSocket();

    private protected sealed override void UpdateInterest()
    {
        if (Has(ConnectionFlags.Closed)) return;
        bool reading = !Has(ConnectionFlags.ReadingPaused | ConnectionFlags.PeerShut) && Tls is not { IsUnread: true };
        // Output that waits for the handshake does not wait for the kernel.
        bool writing = Has(ConnectionFlags.OutputBlocked) && (Tls is null || Has(ConnectionFlags.CiphertextHeld));
        SetInterest(reading, writing);
    }

    private protected sealed override void OnFailed()
    {
        if (Has(ConnectionFlags.PeerShut))
        {
            Close();
        }
        else if (Has(ConnectionFlags.ReadingPaused))
        {
            // Not at once: this may run within a Write of the owner, which does not expect a callback there.
            Loop.Post(static connection => ((TransportConnection)connection!).OnLostWhilePaused(), this);
        }
    }

    private protected sealed override void OnDrained()
    {
        SendShutdown();
        if (Has(ConnectionFlags.PeerShut)) Close();
    }

    private void Deliver(int length)
    {
        Cork();
        Loop.ReceivedLength = length;
        try
        {
            Handler.OnReceived(Loop.ReceiveBuffer.AsSpan(0, length));
        }
        finally
        {
            Uncork();
            Loop.ReceivedLength = 0;
        }
    }

    private void DeliverLast(int length)
    {
        Deliver(length);
        if (!Has(ConnectionFlags.Closed)) OnPeerShut();
    }

    private void OnPeerShut()
    {
        SetFlags(ConnectionFlags.PeerShut);
        if (Has(ConnectionFlags.OutputShut | ConnectionFlags.OutputFailed))
        {
            Close();
            return;
        }

        UpdateInterest();
        Handler.OnPeerShutdown();
    }
}
