using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace WsAot.Transport.Epoll;

/// <summary>A blocking client socket with a deadline. See <see cref="BlockingClient"/>.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class BlockingSocket : IDisposable
{
    private readonly int _socket;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _timeoutMs;

    /// <exception cref="TransportException">Nothing listens there, or the server did not accept in time.</exception>
    public BlockingSocket(EndPoint endPoint, int timeoutMs)
    {
        _timeoutMs = timeoutMs;
        _socket = LibC.Socket(NativeAddress.DomainOf(endPoint), LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        if (_socket < 0) throw Failure("open a socket");
        try
        {
            byte* address = stackalloc byte[NativeAddress.MaxLength];
            int length = NativeAddress.Write(new Span<byte>(address, NativeAddress.MaxLength), endPoint);
            // Linux limits connect(2) by the send timeout (socket(7)), and after an interrupted call, a second one waits for the same
            // connection.
            do
            {
                SetTimeout(LibC.SO_SNDTIMEO);
                if (LibC.Connect(_socket, address, (uint)length) == 0) return;
            }
            while (Errno.Last == Errno.EINTR);

            throw Failure("connect");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Descriptor => _socket;

    /// <summary>Sets the timeouts for OpenSSL, which makes its own calls: each of them may take the time that is left now.</summary>
    /// <exception cref="TransportException">No time is left.</exception>
    public void SetTimeouts()
    {
        SetTimeout(LibC.SO_SNDTIMEO);
        SetTimeout(LibC.SO_RCVTIMEO);
    }

    /// <exception cref="TransportException">It cannot be sent.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            SetTimeout(LibC.SO_SNDTIMEO);
            fixed (byte* start = bytes)
            {
                nint count = LibC.Send(_socket, start, (nuint)bytes.Length, LibC.MSG_NOSIGNAL);
                if (count >= 0) bytes = bytes[(int)count..];
                else if (Errno.Last != Errno.EINTR) throw Failure("send");
            }
        }
    }

    /// <returns>The number of bytes received; 0 at the end.</returns>
    /// <exception cref="TransportException">Nothing arrived in time, or the connection was reset.</exception>
    public int Receive(Span<byte> buffer)
    {
        Debug.Assert(!buffer.IsEmpty, "An empty buffer would look like the end.");
        while (true)
        {
            SetTimeout(LibC.SO_RCVTIMEO);
            fixed (byte* start = buffer)
            {
                nint count = LibC.Recv(_socket, start, (nuint)buffer.Length, 0);
                if (count >= 0) return (int)count;
                if (Errno.Last != Errno.EINTR) throw Failure("receive");
            }
        }
    }

    public void Dispose()
    {
        if (_socket >= 0) _ = LibC.Close(_socket);
    }

    private static TransportException Failure(string action)
    {
        int error = Errno.Last;
        // connect(2) fails with EINPROGRESS when it times out.
        return error is Errno.EAGAIN or Errno.EINPROGRESS
            ? TimedOut(action)
            : new TransportException($"Cannot {action}: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    private static TransportException TimedOut(string action) => new($"Cannot {action}: it timed out.");

    private void SetTimeout(int option)
    {
        long leftMs = _timeoutMs - (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
        if (leftMs <= 0) throw TimedOut("wait longer");
        var time = new LibC.TimeVal { Seconds = leftMs / 1000, Microseconds = leftMs % 1000 * 1000 };
        _ = LibC.SetSockOpt(_socket, LibC.SOL_SOCKET, option, &time, (uint)sizeof(LibC.TimeVal));
    }
}
