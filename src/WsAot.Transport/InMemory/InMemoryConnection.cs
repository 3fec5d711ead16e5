using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.InMemory;

/// <summary>The server's end of an in-memory connection.</summary>
internal class InMemoryConnection : TransportConnection
{
    private readonly InMemoryPeer _peer;
    private bool _isReading = true;
    private bool _isWriting;

    public InMemoryConnection(TransportLoop loop, InMemoryPeer peer, PeerAddress address)
        : base(loop, address)
    {
        _peer = peer;
        peer.Connection = this;
    }

    /// <summary>
    /// Whether <see cref="HandleReadiness"/> might find anything. A loop asks all its connections in each batch; with thousands of them,
    /// this check is most of what a batch costs.
    /// </summary>
    public bool MayBeReady { get; private set; } = true;

    // A test may pretend that a plain connection has TLS.
    public override bool IsEncrypted => base.IsEncrypted || _peer.PretendedTls is not null;

    public override bool IsEstablished => base.IsEstablished && !_peer.IsTlsPending;

    public override TlsDetails? GetTlsDetails() => base.GetTlsDetails() ?? (IsClosed || !IsEstablished ? null : _peer.PretendedTls);

    private protected InMemoryPeer Peer => _peer;

    /// <summary>The peer has done something.</summary>
    public void OnPeerActed() => MayBeReady = true;

    /// <summary>One call of the peer for all slices counts as one system call.</summary>
    private protected override bool SendsSlicesTogether => true;

    /// <summary>Handles what epoll would report of this connection, once.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool HandleReadiness()
    {
        // Clear this first: the work below may make the connection ready again.
        MayBeReady = false;
        bool isBusy = HandleOnce();
        MayBeReady |= isBusy;
        return isBusy;
    }

    private bool HandleOnce()
    {
        if (IsClosed) return false;
        if (IsPeerShut && _peer.HasReset)
        {
            Close();
            return true;
        }

        bool isBusy = false;
        if (_peer.TakeTlsFailure() is { } failure)
        {
            isBusy = true;
            Handler.OnTlsFailed(failure);
            if (!Has(ConnectionFlags.ShutdownRequested)) Close();
        }

        if (!_isReading && _peer.HasReset) OnLostWhilePaused();
        if (_isWriting && _peer.HasRoom())
        {
            OnWritable();
            isBusy = true;
        }

        return (!IsClosed && _isReading && _peer.HasInput && ReceiveOnce() != InputStatus.Nothing) || isBusy;
    }

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = _peer.TakeSent(buffer[..Math.Min(buffer.Length, Loop.ReceiveBytes)]);
        Loop.ReceivedBytes += length;
        if (length > 0) return InputStatus.Received;
        return _peer.HasReset ? InputStatus.Failed : _peer.IsShut ? InputStatus.Ended : InputStatus.Nothing;
    }

    private protected override int Send(ReadOnlySpan<OutputSlice> slices)
    {
        int sent = _peer.Receive(slices);
        Loop.SentBytes += Math.Max(sent, 0);
        return sent;
    }

    private protected override OutputDelivery ReadDelivery() => new(_peer.TakenBytes, PendingBytes == 0 && _peer.Received.IsEmpty);

    private protected override void SendShutdown() => _peer.OnServerShutdown();

    private protected override void SetInterest(bool reading, bool writing) =>
        (_isReading, _isWriting, MayBeReady) = (reading, writing, true);

    private protected override void CloseSocket()
    {
        // A test may keep the peer, which must not keep the server's objects alive.
        _peer.Connection = null;
        _peer.OnServerClosed(IsAborted);
    }
}
