using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.InMemory;

/// <summary>The server's end of an in-memory connection.</summary>
internal sealed class InMemoryConnection(TransportLoop loop, InMemoryPeer peer, PeerAddress address) : TransportConnection(loop, address)
{
    private bool _isReading = true;
    private bool _isWriting;

    /// <summary>One call of the peer for all slices counts as one system call.</summary>
    private protected override bool SendsSlicesTogether => true;

    /// <summary>Handles what epoll would report of this connection, once.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool HandleReadiness()
    {
        if (IsClosed) return false;
        if (IsPeerShut && peer.HasReset)
        {
            Close();
            return true;
        }

        bool isBusy = false;
        if (!_isReading && peer.HasReset) OnLostWhilePaused();
        if (_isWriting && peer.HasRoom())
        {
            OnWritable();
            isBusy = true;
        }

        return (!IsClosed && _isReading && ReceiveOnce() != InputStatus.Nothing) || isBusy;
    }

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = peer.TakeSent(buffer);
        if (length > 0) return InputStatus.Received;
        return peer.HasReset ? InputStatus.Failed : peer.IsShut ? InputStatus.Ended : InputStatus.Nothing;
    }

    private protected override int Send(ReadOnlySpan<OutputSlice> slices) => peer.Receive(slices);

    private protected override OutputDelivery ReadDelivery() => new(peer.TakenBytes, PendingBytes == 0 && peer.Received.IsEmpty);

    private protected override void SendShutdown() => peer.OnServerShutdown();

    private protected override void SetInterest(bool reading, bool writing) => (_isReading, _isWriting) = (reading, writing);

    private protected override void CloseSocket() => peer.OnServerClosed(IsAborted);
}
