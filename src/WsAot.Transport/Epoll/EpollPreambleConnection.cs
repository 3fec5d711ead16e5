using System.Runtime.Versioning;
using WsAot.Transport.Connections;

namespace WsAot.Transport.Epoll;

/// <summary>
/// A connection during its preamble. It peeks at the bytes, so that those behind the preamble stay in the kernel for the object that comes
/// next, which may speak TLS. A server without such listeners has no trace of this.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollPreambleConnection(EpollLoop loop, int socket, PeerAddress address, ListenOptions listener)
    : EpollConnection(loop, socket, address), IPreamble
{
    /// <summary>How much is looked at: it is copied twice, and most preambles have fewer than a hundred bytes.</summary>
    private const int PeekBytes = 1024;

    private bool _isOver;

    public override IPreamble Preamble => this;

    public void Take(int length)
    {
        AssertOnLoop();
        // It was there, and nobody else reads. It lands on what was looked at, which it is equal to.
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
