using System.Net.Sockets;
using WsAot.Transport.Connections;

namespace WsAot.Transport.Sockets;

/// <summary>
/// A connection during its preamble. It peeks at the bytes, so that the bytes after the preamble stay in the kernel for the next object.
/// </summary>
internal sealed class SocketsPreambleConnection(SocketsLoop loop, Socket socket, PeerAddress address, ListenOptions listener)
    : SocketsConnection(loop, socket, address), IPreamble
{
    private const int PeekBytes = 1024;

    private bool _isOver;

    public override IPreamble Preamble => this;

    public void Take(int length)
    {
        AssertOnLoop();
        Socket.Receive(Loop.ReceiveBuffer.AsSpan(0, length), SocketFlags.None, out _);
        Loop.ReceivedBytes += length;
    }

    public void End(PeerAddress remoteAddress)
    {
        AssertOnLoop();
        if (IsClosed) return;
        _isOver = true;
        Close();
        Loop.CountConnection();
        Loop.Adopt(Socket, remoteAddress, listener, hasPreamble: false);
    }

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = Socket.Receive(buffer[..PeekBytes], SocketFlags.Peek, out SocketError error);
        return StatusOf(error, length);
    }

    private protected override void CloseSocket()
    {
        if (_isOver) Forget();
        else base.CloseSocket();
    }
}
