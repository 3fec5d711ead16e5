using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport.Portable;

/// <summary>
/// A connection on a <see cref="Socket"/>. A receive of no bytes tells when there is input, without a buffer waiting for it; output
/// that the kernel refuses is handed to an asynchronous send, one piece at a time.
/// </summary>
internal sealed class SocketsConnection : TransportConnection
{
    /// <summary>Handed to one background send; it completes only when all is taken, and progress is told in steps of this.</summary>
    private const int MaxBackgroundSendBytes = 256 * 1024;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _readable;
    private SocketAsyncEventArgs? _sender;
    private bool _wantsInput = true;
    private bool _isWaitingForInput;
    private bool _isSending;

    private SocketsConnection(SocketsLoop loop, Socket socket, PeerAddress address)
        : base(loop, address)
    {
        _socket = socket;
        _readable = new SocketAsyncEventArgs { UserToken = this };
        _readable.SetBuffer(Array.Empty<byte>(), 0, 0);
        _readable.Completed += static (_, args) => Of(args).PostReadable();
    }

    private new SocketsLoop Loop => (SocketsLoop)base.Loop;

    /// <summary>Makes a connection, unless the peer is gone already.</summary>
    public static SocketsConnection? TryCreate(SocketsLoop loop, Socket socket)
    {
        try
        {
            socket.Blocking = false;
            socket.NoDelay = true;
            return socket.RemoteEndPoint is IPEndPoint remote ? new SocketsConnection(loop, socket, new PeerAddress(remote)) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public void Begin() => WaitForInput();

    protected override int TrySend(ReadOnlySpan<byte> bytes)
    {
        int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => -1,
        };
    }

    protected override void SendShutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer is gone; the end of the input says so too.
        }
    }

    protected override void SetInterest(bool reading, bool writing, ArraySegment<byte> next)
    {
        _wantsInput = reading;
        if (reading) WaitForInput();
        if (writing && !_isSending) SendInBackground(next);
    }

    protected override bool CloseSocket()
    {
        Loop.Forget(this);
        EndOutput();
        _socket.Dispose();
        _readable.Dispose();
        if (!_isSending) _sender?.Dispose();
        return _isSending;
    }

    private static SocketsConnection Of(SocketAsyncEventArgs args) => (SocketsConnection)args.UserToken!;

    /// <summary>
    /// Says how the connection ends. Without a shutdown, .NET resets a socket on which something waits, and something always does.
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
            // The peer was faster.
        }
    }

    private void PostReadable() => base.Loop.Post(static connection => ((SocketsConnection)connection!).OnReadable(), this);

    private void PostSent() => base.Loop.Post(static connection => ((SocketsConnection)connection!).OnSent(), this);

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
            // Data would have come first, and the error is not told twice: a receive would see an orderly end.
            Close();
            return;
        }

        if (!_wantsInput) return;
        try
        {
            Receive();
        }
        catch (Exception exception)
        {
            Loop.ReportException(exception, this);
        }

        if (_wantsInput) WaitForInput();
    }

    private void Receive()
    {
        byte[] buffer = Loop.Buffer;
        int length = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock) return;
        if (error != SocketError.Success) Close();
        else if (length > 0) DeliverReceived(buffer.AsSpan(0, length));
        else DeliverPeerShutdown();
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
            // Freed already, unless that is yet to come in this batch; the kernel has let go of the queue in either case.
            _sender!.Dispose();
            ReleaseQueue();
            return;
        }

        // After an error nothing was sent; the next attempt fails at once, and ends the output.
        bool isSent = _sender!.SocketError == SocketError.Success;
        try
        {
            DeliverWritable(isSent ? _sender.BytesTransferred : 0);
        }
        catch (Exception exception)
        {
            Loop.ReportException(exception, this);
        }
    }
}
