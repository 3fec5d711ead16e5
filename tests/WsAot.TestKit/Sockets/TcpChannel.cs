using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace WsAot.TestKit.Sockets;

/// <summary>
/// A client's TCP connection, with or without TLS, with the same calls and the same ends. One task may receive at a time, and one may send.
/// </summary>
public sealed class TcpChannel : IDisposable
{
    private SslStream? _tls;
    private bool _hasTlsEnded;
    private bool _hasEndedOutput;

    public Socket Socket { get; } = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>The negotiated TLS version; null without TLS.</summary>
    public SslProtocols? Protocol => _tls?.SslProtocol;

    public async Task ConnectAsync(string host, int port, CancellationToken cancellation) =>
        await Socket.ConnectAsync(host, port, cancellation);

    /// <summary>
    /// Makes the TLS handshake, and offers <c>http/1.1</c>. It accepts any certificate, because the tests are about what comes after it.
    /// Sessions are resumed if the server allows it.
    /// </summary>
    /// <exception cref="AuthenticationException">The handshake failed, or the answer was not TLS.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    public async Task SecureAsync(string host, CancellationToken cancellation)
    {
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = host,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        };
        _tls = new SslStream(new NetworkStream(Socket, ownsSocket: false));
        try
        {
            await _tls.AuthenticateAsClientAsync(options, cancellation);
        }
        catch (IOException exception)
        {
            if (exception.GetBaseException() is SocketException broken) throw new SocketException((int)broken.SocketErrorCode);
            throw new AuthenticationException(exception.Message, exception);
        }
    }

    /// <summary>Receives some bytes; 0: FIN, with TLS's close_notify before it or without.</summary>
    /// <exception cref="SocketException">A reset.</exception>
    /// <exception cref="IOException">An alert other than close_notify, or FIN within a record.</exception>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_tls is null) return await Socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
        if (!_hasTlsEnded)
        {
            try
            {
                int count = await _tls.ReadAsync(buffer, cancellation);
                if (count > 0) return count;
            }
            catch (IOException exception) when (exception.GetBaseException() is SocketException broken)
            {
                throw new SocketException((int)broken.SocketErrorCode);
            }

            _hasTlsEnded = true;
        }

        // If the stream ended with close_notify, wait for the end of TCP. Ignore data after it (RFC 8446 section 6.1).
        while (await Socket.ReceiveAsync(buffer, SocketFlags.None, cancellation) > 0)
        {
        }

        return 0;
    }

    /// <summary>Sends all of it; with TLS, in its own record or records.</summary>
    /// <exception cref="SocketException">The connection is broken, or <see cref="EndOutputAsync"/> has ended it.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (_tls is null)
        {
            while (!bytes.IsEmpty) bytes = bytes[await Socket.SendAsync(bytes, SocketFlags.None, cancellation)..];
            return;
        }

        if (_hasEndedOutput) throw new SocketException((int)SocketError.Shutdown);
        try
        {
            await _tls.WriteAsync(bytes, cancellation);
        }
        catch (IOException exception) when (exception.GetBaseException() is SocketException broken)
        {
            throw new SocketException((int)broken.SocketErrorCode);
        }
    }

    /// <summary>Sends FIN, with TLS a close_notify before it. Nothing if the server has ended the connection already.</summary>
    public async Task EndOutputAsync(CancellationToken cancellation)
    {
        if (_hasEndedOutput) return;
        _hasEndedOutput = true;
        try
        {
            if (_tls is not null) await _tls.ShutdownAsync().WaitAsync(cancellation);
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // The server has ended the connection first.
        }
    }

    public void Dispose()
    {
        // Do not dispose the stream: a task may still read or send, and must first see the end.
        Socket.Dispose();
    }
}
