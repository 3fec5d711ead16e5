using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using WsAot.Transport.Output;

namespace WsAot.Transport.Epoll;

/// <summary>A connection whose socket is watched by epoll.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollConnection(EpollLoop loop, int socket, PeerAddress address)
    : TransportConnection(loop, address), IEpollSource
{
    private ulong _key;
    private uint _interest;

    private new EpollLoop Loop => Unsafe.As<EpollLoop>(base.Loop);

    public void Register()
    {
        _interest = LibC.EPOLLIN;
        _key = Loop.Add(socket, this, _interest);
    }

    public void OnEvents(uint events)
    {
        if (IsClosed) return;
        if ((events & LibC.EPOLLOUT) != 0) DeliverWritable();
        if (IsClosed) return;

        bool isEnding = (events & (LibC.EPOLLERR | LibC.EPOLLHUP)) != 0;
        if (IsReadingPaused || IsPeerShut)
        {
            if (isEnding) OnHangUpWithoutReading();
            return;
        }

        // After an error, too: what the peer sent before it is still there to be read, and comes first.
        if ((events & LibC.EPOLLIN) != 0 || isEnding) ReceiveOnce(isEnding);
    }

    protected override int TrySend(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            nint sent;
            int errno = 0;
            do
            {
                sent = LibC.Send(socket, pointer, (nuint)bytes.Length, LibC.MSG_NOSIGNAL);
            }
            while (sent < 0 && (errno = Errno.Last) == Errno.EINTR);

            return SentOrError(sent, errno);
        }
    }

    protected override bool SendsPieces => true;

    protected override int TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        fixed (byte* headPointer = head, bodyPointer = body)
        {
            LibC.IoVec* vectors = stackalloc LibC.IoVec[2];
            vectors[0] = new LibC.IoVec { Base = headPointer, Length = (nuint)head.Length };
            vectors[1] = new LibC.IoVec { Base = bodyPointer, Length = (nuint)body.Length };
            return Send(vectors, 2);
        }
    }

    private protected override int TrySend(SendBuffer buffer)
    {
        LibC.IoVec* vectors = stackalloc LibC.IoVec[(2 * SendBuffer.MaxPieces) + 1];
        int count = 0;
        int from = 0;
        // The loop's buffers are pinned for good.
        byte* written = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer.Written));
        foreach (SendBuffer.Piece piece in buffer.Pieces)
        {
            if (piece.At > from) vectors[count++] = new LibC.IoVec { Base = written + from, Length = (nuint)(piece.At - from) };
            byte* bytes = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(piece.Array)) + piece.Start;
            vectors[count++] = new LibC.IoVec { Base = bytes, Length = (nuint)piece.Length };
            from = piece.At;
        }

        if (buffer.Written.Length > from) vectors[count++] = new LibC.IoVec { Base = written + from, Length = (nuint)(buffer.Written.Length - from) };
        return Send(vectors, count);
    }

    protected override void SendShutdown() => _ = LibC.Shutdown(socket, LibC.SHUT_WR);

    protected override void SetInterest(bool reading, bool writing, ArraySegment<byte> next)
    {
        uint interest = (reading ? LibC.EPOLLIN : 0) | (writing ? LibC.EPOLLOUT : 0);
        if (interest != _interest) Watch(interest);
    }

    protected override bool CloseSocket()
    {
        Loop.Remove(socket, _key);
        if (IsAborted)
        {
            var linger = new LibC.Linger { OnOff = 1 };
            _ = LibC.SetSockOpt(socket, LibC.SOL_SOCKET, LibC.SO_LINGER, &linger, (uint)sizeof(LibC.Linger));
        }

        _ = LibC.Close(socket);
        return false;
    }

    private int Send(LibC.IoVec* vectors, int count)
    {
        var message = new LibC.MsgHdr { Vectors = vectors, VectorCount = (nuint)count };
        nint sent;
        int errno = 0;
        do
        {
            sent = LibC.SendMsg(socket, &message, LibC.MSG_NOSIGNAL);
        }
        while (sent < 0 && (errno = Errno.Last) == Errno.EINTR);

        return SentOrError(sent, errno);
    }

    private static int SentOrError(nint sent, int errno) => sent >= 0 ? (int)sent : errno == Errno.EAGAIN ? 0 : -1;

    private void Watch(uint interest)
    {
        _interest = interest;
        Loop.Modify(socket, _key, interest);
    }

    private void ReceiveOnce(bool isEnding)
    {
        int length = Loop.Receive(socket, out Span<byte> received);
        if (length > 0) DeliverReceived(received);
        else if (length == -2 || (isEnding && length <= 0)) EndAfterHangUp(length);
        else if (length == 0) DeliverPeerShutdown();
    }

    private void EndAfterHangUp(int length)
    {
        // Nothing is left to be read, and nothing can be sent any more.
        if (length == 0) DeliverPeerShutdown();
        Close();
    }

    /// <summary>
    /// Epoll reports a hang-up whether it is asked to or not, and would go on without end. Where the peer has said all, this is the
    /// end; where reading is paused, the rest of its input waits until it is wanted: edge-triggered, the hang-up is told once more
    /// and not again, and asking for input later reports what is there.
    /// </summary>
    private void OnHangUpWithoutReading()
    {
        if (IsPeerShut)
        {
            Close();
            return;
        }

        if (_interest != LibC.EPOLLET) Watch(LibC.EPOLLET);
        DeliverPeerGone();
    }
}
