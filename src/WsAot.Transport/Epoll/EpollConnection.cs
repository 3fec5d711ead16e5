using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Epoll;

/// <summary>A connection whose socket is watched by epoll.</summary>
[SupportedOSPlatform("linux")]
internal unsafe class EpollConnection(EpollLoop loop, int socket, PeerAddress address)
    : TransportConnection(loop, address), IEpollSource
{
    private int _slot;

    private protected int Descriptor => socket;

    private protected override bool SendsSlicesTogether => true;

    private protected new EpollLoop Loop => Unsafe.As<EpollLoop>(base.Loop);

    /// <exception cref="TransportException">The kernel cannot watch another socket.</exception>
    public void Register()
    {
        _slot = Loop.Add(socket, this, LibC.EPOLLIN);
        SetFlags(ConnectionFlags.WatchedForInput);
    }

    public void OnEvents(uint events)
    {
        if (IsClosed) return;
        if ((events & LibC.EPOLLOUT) != 0) OnWritable();
        if (IsClosed) return;

        bool isLost = (events & (LibC.EPOLLERR | LibC.EPOLLHUP)) != 0;
        if (IsReadingPaused || IsPeerShut)
        {
            if (isLost) OnHangUpWithoutReading();
            return;
        }

        if ((events & LibC.EPOLLIN) == 0 && !isLost) return;
        // Receive after an error, too: the bytes that the peer sent before the error come first. After them, nothing can be received or
        // sent.
        InputStatus status = ReceiveOnce();
        if (isLost && status is InputStatus.Nothing or InputStatus.Ended) Close();
    }

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        // A ciphertext buffer has this size; the loop's receive buffer is larger.
        length = Math.Min(buffer.Length, Loop.ReceiveBytes);
        nint received;
        int errno = 0;
        fixed (byte* start = buffer)
        {
            do
            {
                received = LibC.Recv(socket, start, (nuint)length, 0);
            }
            while (received < 0 && (errno = Errno.Last) == Errno.EINTR);
        }

        length = (int)received;
        if (received > 0)
        {
            Loop.ReceivedBytes += received;
            return InputStatus.Received;
        }

        return received == 0 ? InputStatus.Ended : errno == Errno.EAGAIN ? InputStatus.Nothing : InputStatus.Failed;
    }

    private protected override int Send(ReadOnlySpan<OutputSlice> slices)
    {
        if (slices.Length != 1) return SendTogether(slices);
        OutputSlice slice = slices[0];
        nint sent;
        int errno = 0;
        do
        {
            sent = LibC.Send(socket, slice.Start, slice.Length, LibC.MSG_NOSIGNAL);
        }
        while (sent < 0 && (errno = Errno.Last) == Errno.EINTR);

        if (sent < 0) return errno == Errno.EAGAIN ? 0 : -1;
        Loop.SentBytes += sent;
        return (int)sent;
    }

    private protected override OutputDelivery ReadDelivery()
    {
        byte* info = stackalloc byte[TcpInfo.Length];
        uint length = TcpInfo.Length;
        if (LibC.GetSockOpt(socket, TcpInfo.IPPROTO_TCP, TcpInfo.TCP_INFO, info, &length) < 0) length = 0;
        return TcpInfo.ReadDelivery(new ReadOnlySpan<byte>(info, (int)length), PendingBytes);
    }

    private protected override void SendShutdown() => _ = LibC.Shutdown(socket, LibC.SHUT_WR);

    private protected override void SetInterest(bool reading, bool writing)
    {
        ConnectionFlags interest = (reading ? ConnectionFlags.WatchedForInput : 0) | (writing ? ConnectionFlags.WatchedForOutput : 0);
        if (!HasJust(interest, among: ConnectionFlags.Watched)) Watch(interest);
    }

    /// <summary>Makes the kernel stop reporting on the socket.</summary>
    private protected void Unwatch() => Loop.Remove(socket, _slot);

    private protected override void CloseSocket()
    {
        Loop.Forget(_slot);
        if (IsAborted)
        {
            var linger = new LibC.Linger { OnOff = 1 };
            _ = LibC.SetSockOpt(socket, LibC.SOL_SOCKET, LibC.SO_LINGER, &linger, (uint)sizeof(LibC.Linger));
        }

        _ = LibC.Close(socket);
    }

    /// <summary>Not inlined: a single slice, which is what most messages need, would pay for clearing the header.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int SendTogether(ReadOnlySpan<OutputSlice> slices)
    {
        fixed (OutputSlice* first = slices)
        {
            var message = new LibC.MsgHdr { Vectors = first, VectorCount = (nuint)slices.Length };
            nint sent;
            int errno = 0;
            do
            {
                sent = LibC.SendMsg(socket, &message, LibC.MSG_NOSIGNAL);
            }
            while (sent < 0 && (errno = Errno.Last) == Errno.EINTR);

            if (sent < 0) return errno == Errno.EAGAIN ? 0 : -1;
            Loop.SentBytes += sent;
            return (int)sent;
        }
    }

    private void Watch(ConnectionFlags interest)
    {
        Debug.Assert(!IsClosed, "A closed connection is not watched.");
        ClearFlags(ConnectionFlags.Watched);
        SetFlags(interest);
        uint events = ((interest & ConnectionFlags.WatchedForInput) != 0 ? LibC.EPOLLIN : 0)
            | ((interest & ConnectionFlags.WatchedForOutput) != 0 ? LibC.EPOLLOUT : 0)
            | ((interest & ConnectionFlags.WatchedOnce) != 0 ? LibC.EPOLLET : 0);
        Loop.Modify(socket, _slot, events);
    }

    /// <summary>
    /// Epoll reports a hang-up without being asked, and again in every batch. If the peer has ended its output before, this is the end. If
    /// reading is paused, the rest of the input waits until reading resumes. So watch edge-triggered: the hang-up is then reported only
    /// once more, and watching for input later still reports the rest.
    /// </summary>
    private void OnHangUpWithoutReading()
    {
        if (IsPeerShut)
        {
            Close();
            return;
        }

        if (!Has(ConnectionFlags.WatchedOnce)) Watch(ConnectionFlags.WatchedOnce);
        OnLostWhilePaused();
    }
}
