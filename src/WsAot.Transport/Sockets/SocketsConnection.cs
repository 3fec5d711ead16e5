using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Sockets;

/// <summary>
/// A connection on a <see cref="Socket"/>. It learns of input by receiving zero bytes asynchronously, which needs no buffer. Output that
/// the kernel refuses is given to an asynchronous send, one piece of the queue at a time.
/// </summary>
internal class SocketsConnection : TransportConnection
{
    /// <summary>
    /// The most bytes that one background send is given. It completes when the kernel has taken all of them, so progress is reported in
    /// steps of this size.
    /// </summary>
    private const int MaxBackgroundSendBytes = 256 * 1024;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _readable;
    private SocketAsyncEventArgs? _sender;
    private bool _wantsInput = true;
    private bool _isWaitingForInput;
    private bool _isSending;

    public SocketsConnection(SocketsLoop loop, Socket socket, PeerAddress address)
        : base(loop, address)
    {
        _socket = socket;
        _readable = new SocketAsyncEventArgs { UserToken = this };
        _readable.SetBuffer(Array.Empty<byte>(), 0, 0);
        _readable.Completed += static (_, args) => Of(args).PostReadable();
    }

    /// <summary>Each slice is a system call of its own: .NET sends several in one only if they are arrays in a list.</summary>
    private protected override bool SendsSlicesTogether => false;

    internal override bool IsQueueInUse => _isSending;

    private protected Socket Socket => _socket;

    private protected new SocketsLoop Loop => Unsafe.As<SocketsLoop>(base.Loop);

    /// <summary>Sets up an accepted socket.</summary>
    /// <returns>False if the peer is gone already.</returns>
    public static bool TryPrepare(Socket socket, out PeerAddress address)
    {
        address = default;
        try
        {
            socket.Blocking = false;
            if (socket.AddressFamily == AddressFamily.Unix) return true;
            socket.NoDelay = true;
            if (socket.RemoteEndPoint is not IPEndPoint remote) return false;
            address = new PeerAddress(remote);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Starts to wait for input. The connection must have its handler.</summary>
    public void Begin() => WaitForInput();

    private protected override InputStatus Receive(Span<byte> buffer, out int length)
    {
        length = _socket.Receive(buffer[..Loop.ReceiveBytes], SocketFlags.None, out SocketError error);
        Loop.ReceivedBytes += length;
        return StatusOf(error, length);
    }

    private protected static InputStatus StatusOf(SocketError error, int length) => error switch
    {
        SocketError.Success => length > 0 ? InputStatus.Received : InputStatus.Ended,
        SocketError.WouldBlock => InputStatus.Nothing,
        _ => InputStatus.Failed,
    };

    private protected override int Send(ReadOnlySpan<OutputSlice> slices)
    {
        int total = 0;
        foreach (OutputSlice slice in slices)
        {
            if (slice.Length == 0) continue;
            int sent = _socket.Send(slice.Bytes, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) return -1;
            if (error == SocketError.WouldBlock) break;
            total += sent;
            Loop.SentBytes += sent;
            if (sent < (int)slice.Length) break;
        }

        return total;
    }

    private protected override OutputDelivery ReadDelivery()
    {
        Span<byte> info = stackalloc byte[TcpInfo.Length];
        int length = 0;
        try
        {
            if (OperatingSystem.IsLinux()) length = _socket.GetRawSocketOption(TcpInfo.IPPROTO_TCP, TcpInfo.TCP_INFO, info);
        }
        catch (SocketException)
        {
            // The peer is gone; receiving reports that.
        }

        return TcpInfo.ReadDelivery(info[..length], PendingBytes);
    }

    private protected override void SendShutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer is gone; receiving reports that too.
        }
    }

    private protected override void SetInterest(bool reading, bool writing)
    {
        _wantsInput = reading;
        if (reading) WaitForInput();
        // .NET does not report room for output, only that an asynchronous send has completed.
        if (writing && !_isSending) SendInBackground(NextPending);
    }

    private protected override void CloseSocket()
    {
        Forget();
        EndOutput();
        _socket.Dispose();
        if (!_isSending) _sender?.Dispose();
    }

    /// <summary>Frees what waits for input.</summary>
    private protected void Forget()
    {
        Loop.Remove(this);
        _readable.Dispose();
    }

    private static SocketsConnection Of(SocketAsyncEventArgs args) => (SocketsConnection)args.UserToken!;

    /// <summary>
    /// Chooses between a FIN and a reset. Without a shutdown, .NET resets a socket that an asynchronous call uses, and here a receive is
    /// always pending.
    /// </summary>
    private void EndOutput()
    {
        try
        {
            if (IsAborted) _socket.LingerState = new LingerOption(true, 0);
            else _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer has closed the connection already.
        }
    }

    private void PostReadable() => Loop.Post(static connection => ((SocketsConnection)connection!).OnReadable(), this);

    private void PostSent() => Loop.Post(static connection => ((SocketsConnection)connection!).OnSent(), this);

    private void WaitForInput()
    {
        if (_isWaitingForInput || IsClosed) return;
        _isWaitingForInput = true;
        if (!_socket.ReceiveAsync(_readable)) PostReadable();
    }

    private void OnReadable()
    {
        _isWaitingForInput = false;
        if (IsClosed) return;
        if (_readable.SocketError != SocketError.Success)
        {
            // All data has been received. The error is reported only once, so another receive would report a normal end.
            Close();
            return;
        }

        if (!_wantsInput) return;
        try
        {
            ReceiveOnce();
        }
        catch (Exception exception)
        {
            Loop.OnException(exception, this);
        }

        if (_wantsInput) WaitForInput();
    }

    private void SendInBackground(ArraySegment<byte> next)
    {
        if (_sender is null)
        {
            _sender = new SocketAsyncEventArgs { UserToken = this };
            _sender.Completed += static (_, args) => Of(args).PostSent();
        }

        _isSending = true;
        _sender.SetBuffer(next.Array, next.Offset, Math.Min(next.Count, MaxBackgroundSendBytes));
        if (!_socket.SendAsync(_sender)) PostSent();
    }

    private void OnSent()
    {
        _isSending = false;
        if (IsClosed)
        {
            // The kernel no longer uses the queue, whether the connection was freed already or will be in this batch.
            _sender!.Dispose();
            Tls?.ReleaseHeld();
            ReleaseQueue();
            return;
        }

        // After an error nothing was sent; the next attempt fails at once, and ends the output.
        bool isSent = _sender!.SocketError == SocketError.Success;
        try
        {
            int sent = isSent ? _sender.BytesTransferred : 0;
            Loop.SentBytes += sent;
            OnWritable(sent);
        }
        catch (Exception exception)
        {
            Loop.OnException(exception, this);
        }
    }
}
