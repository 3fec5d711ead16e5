namespace WsAot.Transport.InMemory;

/// <summary>The server's end of an in-memory connection.</summary>
internal sealed class InMemoryConnection(TransportLoop loop, InMemoryPeer peer, PeerAddress address) : TransportConnection(loop, address)
{
    private bool _isReading = true;
    private bool _isWriting;

    /// <summary>Does once what epoll would report of this connection.</summary>
    public bool HandleReadiness(byte[] receiveBuffer)
    {
        if (IsClosed) return false;
        if (IsPeerShut && peer.HasReset)
        {
            Close();
            return true;
        }

        bool isBusy = false;
        if (!_isReading && peer.HasReset) DeliverPeerGone();
        if (_isWriting && peer.HasRoom())
        {
            DeliverWritable();
            isBusy = true;
        }

        return (!IsClosed && _isReading && Receive(receiveBuffer)) || isBusy;
    }

    protected override int TrySend(ReadOnlySpan<byte> bytes) => peer.Receive(bytes);

    protected override void SendShutdown() => peer.OnServerShutdown();

    protected override void SetInterest(bool reading, bool writing, ArraySegment<byte> next) =>
        (_isReading, _isWriting) = (reading, writing);

    protected override bool CloseSocket()
    {
        peer.OnServerClosed(IsAborted);
        return false;
    }

    private bool Receive(byte[] buffer)
    {
        int length = peer.TakeSent(buffer);
        if (length > 0)
        {
            DeliverReceived(buffer.AsSpan(0, length));
            return true;
        }

        if (peer.HasReset)
        {
            Close();
            return true;
        }

        if (!peer.IsShut || IsPeerShut) return false;
        DeliverPeerShutdown();
        return true;
    }
}
