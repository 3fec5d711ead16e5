using System.Runtime.Versioning;
using WsAot.Transport.Connections;

namespace WsAot.Transport.Epoll;

/// <summary>
/// A connection during its preamble. It peeks at the bytes, so that the bytes after the preamble stay in the kernel for the next object,
/// which may use TLS. Connections without a preamble never use this class.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollPreambleConnection(EpollLoop loop, int socket, PeerAddress address, ListenOptions listener)
    : EpollConnection(loop, socket, address), IPreamble
{
    /// <summary>The most bytes to peek at: they are copied twice, and most preambles are shorter than a hundred bytes.</summary>
    private const int PeekBytes = 1024;

    private bool _isOver;

    public override IPreamble Preamble => this;

    public void Take(int length)
    {
        AssertOnLoop();
        // The bytes are still there, because nothing else reads the socket. They overwrite the same bytes, which were peeked at.
        fixed (byte* start = Loop.ReceiveBuffer) _ = LibC.Recv(Descriptor, start, (nuint)length, 0);
        Loop.ReceivedBytes += length;
    }

    public void End(PeerAddress remoteAddress)
    {
        AssertOnLoop();
        if (IsClosed) return;
        _isOver = true;
        Unwatch();
        Close();
        Loop.CountConnection();
        Loop.Adopt(Descriptor, remoteAddress, listener, hasPreamble: false);
    }

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        nint received;
        int errno = 0;
        fixed (byte* start = buffer)
        {
            do
            {
                received = LibC.Recv(Descriptor, start, PeekBytes, LibC.MSG_PEEK);
            }
            while (received < 0 && (errno = Errno.Last) == Errno.EINTR);
        }

        length = (int)received;
        if (received > 0) return InputStatus.Received;
        return received == 0 ? InputStatus.Ended : errno == Errno.EAGAIN ? InputStatus.Nothing : InputStatus.Failed;
    }

    private protected override void CloseSocket()
    {
        if (!_isOver) base.CloseSocket();
    }
}
