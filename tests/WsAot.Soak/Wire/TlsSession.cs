using System.Net.Sockets;
using WsAot.TestKit.Tls;

namespace WsAot.Soak.Wire;

/// <summary>
/// A client's side of TLS on a socket, blocking or not. It accepts any certificate. The first send or receive makes the handshake. It takes
/// no more bytes from the socket than it is told to, so that a client can be slow. It sends records that the kernel takes whole or not at
/// all.
/// </summary>
internal sealed unsafe class TlsSession : IDisposable
{
    // RFC 8446 section 5.1: a record is no larger.
    private const int MaxRecordBytes = 16 * 1024;

    private static readonly nint s_context = NewContext();

    private readonly Socket _socket;
    private readonly nint _input = ClientLibrary.BIO_new(ClientLibrary.BIO_s_mem());
    private nint _ssl = ClientLibrary.SSL_new(s_context);
    // The bytes of a record that the kernel has not taken yet: OpenSSL needs the same bytes again.
    private int _unsent;
    private bool _hasEnded;

    public TlsSession(Socket socket)
    {
        _socket = socket;
        ClientLibrary.SSL_set_bio(_ssl, _input, ClientLibrary.BIO_new_socket((int)socket.Handle, closes: 0));
        ClientLibrary.SSL_set_connect_state(_ssl);
    }

    /// <summary>The bytes read from TCP.</summary>
    public long TakenBytes { get; private set; }

    /// <summary>The bytes of a ClientHello.</summary>
    public static byte[] ClientHello()
    {
        using TlsClient client = new();
        client.Connect();
        return client.Take();
    }

    /// <summary>As <see cref="Socket.Receive(Span{byte}, SocketFlags, out SocketError)"/>; 0 at FIN, not at close_notify.</summary>
    /// <param name="buffer">One call takes at most this many bytes from TCP, unless the socket blocks.</param>
    public int Receive(Span<byte> buffer, out SocketError error)
    {
        for (bool mayTake = true; !_hasEnded; mayTake = _socket.Blocking)
        {
            int count;
            ClientLibrary.ERR_clear_error();
            fixed (byte* first = buffer) count = ClientLibrary.SSL_read(_ssl, first, buffer.Length);
            error = Explain(count);
            _hasEnded = error == SocketError.Disconnecting;
            if (_hasEnded) break;
            if (error != SocketError.WouldBlock || !mayTake) return Math.Max(0, count);
            if (!TryTake(buffer, out error)) return 0;
        }

        // Ignore data after a close_notify (RFC 8446 section 6.1).
        while (_socket.Receive(buffer, SocketFlags.None, out error) > 0 && error == SocketError.Success)
        {
        }

        return 0;
    }

    /// <summary>As <see cref="Socket.Send(ReadOnlySpan{byte}, SocketFlags, out SocketError)"/>; at most a record.</summary>
    /// <param name="bytes">After <see cref="SocketError.WouldBlock"/>, pass the same bytes again.</param>
    public int Send(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        error = SocketError.WouldBlock;
        if (bytes.Length < _unsent) return 0;
        int length = _unsent > 0 ? _unsent : Math.Min(bytes.Length, MaxRecordBytes);
        Span<byte> answer = stackalloc byte[4096];
        while (true)
        {
            int count;
            ClientLibrary.ERR_clear_error();
            fixed (byte* first = bytes) count = ClientLibrary.SSL_write(_ssl, first, length);
            error = Explain(count);
            _unsent = error == SocketError.WouldBlock ? length : 0;
            if (error != SocketError.WouldBlock) return Math.Max(0, count);
            // During the handshake, wait for the server's records first.
            if (ClientLibrary.SSL_get_error(_ssl, count) != ClientLibrary.SSL_ERROR_WANT_READ) return 0;
            if (TryTake(answer, out error)) continue;
            if (error == SocketError.Success) error = SocketError.ConnectionReset;
            return 0;
        }
    }

    /// <summary>Sends close_notify.</summary>
    public void EndOutput()
    {
        ClientLibrary.ERR_clear_error();
        _ = ClientLibrary.SSL_shutdown(_ssl);
    }

    public void Dispose()
    {
        ClientLibrary.SSL_free(_ssl);
        _ssl = 0;
    }

    /// <summary>Gives OpenSSL received bytes, up to the length of the buffer. False: none came, or the end.</summary>
    private bool TryTake(Span<byte> buffer, out SocketError error)
    {
        int count = _socket.Receive(buffer, SocketFlags.None, out error);
        if (count == 0 || error != SocketError.Success) return false;
        TakenBytes += count;
        // This BIO is memory, which takes everything.
        fixed (byte* first = buffer) _ = ClientLibrary.BIO_write(_input, first, count);
        return true;
    }

    private SocketError Explain(int result) => result > 0 ? SocketError.Success : ClientLibrary.SSL_get_error(_ssl, result) switch
    {
        ClientLibrary.SSL_ERROR_WANT_READ or ClientLibrary.SSL_ERROR_WANT_WRITE => SocketError.WouldBlock,
        ClientLibrary.SSL_ERROR_ZERO_RETURN => SocketError.Disconnecting,
        ClientLibrary.SSL_ERROR_SYSCALL => SocketError.ConnectionReset,
        // An alert, or data that is not TLS.
        _ => SocketError.ProtocolNotSupported,
    };

    private static nint NewContext()
    {
        nint context = ClientLibrary.SSL_CTX_new(ClientLibrary.TLS_client_method());
        // Buffers may move between tries, and an idle client keeps no buffers.
        ClientLibrary.SSL_CTX_ctrl(
            context,
            ClientLibrary.SSL_CTRL_MODE,
            ClientLibrary.SSL_MODE_ENABLE_PARTIAL_WRITE | ClientLibrary.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                | ClientLibrary.SSL_MODE_RELEASE_BUFFERS,
            null);
        ReadOnlySpan<byte> protocols = "\bhttp/1.1"u8;
        fixed (byte* first = protocols) _ = ClientLibrary.SSL_CTX_set_alpn_protos(context, first, (uint)protocols.Length);
        return context;
    }
}
