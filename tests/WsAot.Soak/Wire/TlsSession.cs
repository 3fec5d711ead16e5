using System.Net.Sockets;
using WsAot.Soak.Native;

namespace WsAot.Soak.Wire;

/// <summary>
/// A client's side of TLS over a socket, which may be one that does not wait. Any certificate will do. The handshake is made by whatever is
/// sent or received first. It takes no more from the socket than it is told to, so that a client can be as slow as it likes; what it
/// sends is in records that the kernel takes whole or not yet.
/// </summary>
internal sealed unsafe class TlsSession : IDisposable
{
    // RFC 8446 section 5.1: a record is no larger.
    private const int MaxRecordBytes = 16 * 1024;

    private static readonly nint s_context = NewContext();

    private readonly Socket _socket;
    private readonly nint _input = OpenSsl.NewBio(OpenSsl.MemoryMethod());
    private nint _ssl = OpenSsl.New(s_context);
    // Bytes of a record that the kernel has not taken yet: OpenSSL wants them again, and no fewer.
    private int _unsent;
    private bool _hasEnded;

    public TlsSession(Socket socket)
    {
        _socket = socket;
        OpenSsl.SetBio(_ssl, _input, OpenSsl.NewSocketBio((int)socket.Handle, closes: 0));
        OpenSsl.SetConnectState(_ssl);
    }

    /// <summary>What came off TCP.</summary>
    public long TakenBytes { get; private set; }

    /// <summary>A ClientHello, as it is sent.</summary>
    public static byte[] ClientHello()
    {
        nint ssl = OpenSsl.New(s_context);
        nint output = OpenSsl.NewBio(OpenSsl.MemoryMethod());
        OpenSsl.SetBio(ssl, OpenSsl.NewBio(OpenSsl.MemoryMethod()), output);
        OpenSsl.SetConnectState(ssl);
        _ = OpenSsl.DoHandshake(ssl);
        byte[] hello = new byte[MaxRecordBytes];
        fixed (byte* first = hello) hello = hello[..OpenSsl.ReadBio(output, first, hello.Length)];
        OpenSsl.Free(ssl);
        OpenSsl.ClearErrors();
        return hello;
    }

    /// <summary>As <see cref="Socket.Receive(Span{byte}, SocketFlags, out SocketError)"/>; 0 at FIN, not at close_notify.</summary>
    /// <param name="buffer">No more than its length is taken off TCP in one call, unless the socket waits.</param>
    public int Receive(Span<byte> buffer, out SocketError error)
    {
        for (bool mayTake = true; !_hasEnded; mayTake = _socket.Blocking)
        {
            int count;
            OpenSsl.ClearErrors();
            fixed (byte* first = buffer) count = OpenSsl.Read(_ssl, first, buffer.Length);
            error = Explain(count);
            _hasEnded = error == SocketError.Disconnecting;
            if (_hasEnded) break;
            if (error != SocketError.WouldBlock || !mayTake) return Math.Max(0, count);
            if (!TryTake(buffer, out error)) return 0;
        }

        // What follows a close_notify is ignored (RFC 8446 section 6.1).
        while (_socket.Receive(buffer, SocketFlags.None, out error) > 0 && error == SocketError.Success)
        {
        }

        return 0;
    }

    /// <summary>As <see cref="Socket.Send(ReadOnlySpan{byte}, SocketFlags, out SocketError)"/>; at most a record.</summary>
    /// <param name="bytes">After <see cref="SocketError.WouldBlock"/> the same bytes again; fewer wait for the rest of them.</param>
    public int Send(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        error = SocketError.WouldBlock;
        if (bytes.Length < _unsent) return 0;
        int length = _unsent > 0 ? _unsent : Math.Min(bytes.Length, MaxRecordBytes);
        Span<byte> answer = stackalloc byte[4096];
        while (true)
        {
            int count;
            OpenSsl.ClearErrors();
            fixed (byte* first = bytes) count = OpenSsl.Write(_ssl, first, length);
            error = Explain(count);
            _unsent = error == SocketError.WouldBlock ? length : 0;
            if (error != SocketError.WouldBlock) return Math.Max(0, count);
            // Within the handshake the server has its say first.
            if (OpenSsl.GetError(_ssl, count) != OpenSsl.SSL_ERROR_WANT_READ) return 0;
            if (TryTake(answer, out error)) continue;
            if (error == SocketError.Success) error = SocketError.ConnectionReset;
            return 0;
        }
    }

    /// <summary>Sends close_notify.</summary>
    public void EndOutput()
    {
        OpenSsl.ClearErrors();
        _ = OpenSsl.Shutdown(_ssl);
    }

    public void Dispose()
    {
        OpenSsl.Free(_ssl);
        _ssl = 0;
    }

    /// <summary>Gives OpenSSL what has come, up to the length of the buffer. False: nothing has, or the end.</summary>
    private bool TryTake(Span<byte> buffer, out SocketError error)
    {
        int count = _socket.Receive(buffer, SocketFlags.None, out error);
        if (count == 0 || error != SocketError.Success) return false;
        TakenBytes += count;
        // It is memory, which takes everything.
        fixed (byte* first = buffer) _ = OpenSsl.WriteBio(_input, first, count);
        return true;
    }

    private SocketError Explain(int result) => result > 0 ? SocketError.Success : OpenSsl.GetError(_ssl, result) switch
    {
        OpenSsl.SSL_ERROR_WANT_READ or OpenSsl.SSL_ERROR_WANT_WRITE => SocketError.WouldBlock,
        OpenSsl.SSL_ERROR_ZERO_RETURN => SocketError.Disconnecting,
        OpenSsl.SSL_ERROR_SYSCALL => SocketError.ConnectionReset,
        // An alert, or what is no TLS.
        _ => SocketError.ProtocolNotSupported,
    };

    private static nint NewContext()
    {
        nint context = OpenSsl.NewContext(OpenSsl.ClientMethod());
        // Buffers move between the tries, and an idle client of thousands keeps none.
        OpenSsl.ControlContext(
            context,
            OpenSsl.SSL_CTRL_MODE,
            OpenSsl.SSL_MODE_ENABLE_PARTIAL_WRITE | OpenSsl.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | OpenSsl.SSL_MODE_RELEASE_BUFFERS,
            0);
        ReadOnlySpan<byte> protocols = "\bhttp/1.1"u8;
        fixed (byte* first = protocols) _ = OpenSsl.SetAlpn(context, first, (uint)protocols.Length);
        return context;
    }
}
