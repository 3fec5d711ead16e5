using WsAot.Transport.Connections;

namespace WsAot.Transport.InMemory;

/// <summary>
/// The server's end of an in-memory connection during its preamble. It peeks at the bytes, so that the bytes after the preamble stay for
/// the next object.
/// </summary>
internal sealed class InMemoryPreambleConnection(InMemoryLoop loop, InMemoryPeer peer, PeerAddress address, ListenOptions listener)
    : InMemoryConnection(loop, peer, address), IPreamble
{
    private bool _isOver;

    public override IPreamble Preamble => this;

    public void Take(int length)
    {
        AssertOnLoop();
        Peer.TakeSent(Loop.ReceiveBuffer.AsSpan(0, length));
        Loop.ReceivedBytes += length;
    }

    public void End(PeerAddress remoteAddress)
    {
        AssertOnLoop();
        if (IsClosed) return;
        _isOver = true;
        Close();
        Loop.CountConnection();
        loop.Accept(Peer, remoteAddress, listener, hasPreamble: false);
    }

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = Peer.PeekSent(buffer[..Math.Min(buffer.Length, Loop.ReceiveBytes)]);
        if (length > 0) return InputStatus.Received;
        return Peer.HasReset ? InputStatus.Failed : Peer.IsShut ? InputStatus.Ended : InputStatus.Nothing;
    }

    private protected override void CloseSocket()
    {
        if (!_isOver) base.CloseSocket();
    }
}
