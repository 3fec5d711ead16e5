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
        bool isBusy = false;
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
        if (peer.Sent.TryPeek(out byte[]? next))
        {
            int length = Math.Min(next.Length, buffer.Length);
            next.AsSpan(0, length).CopyTo(buffer);
            peer.Sent.Dequeue();
            if (length < next.Length) PutBack(next[length..]);
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

    private void PutBack(byte[] rest)
    {
        byte[][] later = [.. peer.Sent];
        peer.Sent.Clear();
        peer.Sent.Enqueue(rest);
        foreach (byte[] piece in later) peer.Sent.Enqueue(piece);
    }
}
