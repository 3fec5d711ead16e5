using System.Runtime.Versioning;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Epoll;

/// <summary>
/// A TLS client on a blocking socket. It does not verify the server, because it asks a server on this machine for its health, and that
/// server's certificate names another host.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class BlockingTls : IDisposable
{
    private readonly nint _context;
    private readonly nint _ssl;

    /// <exception cref="TransportException">There is no OpenSSL, or the server refuses the handshake.</exception>
    public BlockingTls(BlockingSocket socket)
    {
        OpenSslServer.Load();
        _context = OpenSsl.ContextNew(OpenSsl.ClientMethod());
        _ssl = OpenSsl.New(_context);
        if (OpenSsl.SetDescriptor(_ssl, socket.Descriptor) == 1 && OpenSsl.Connect(_ssl) == 1) return;
        string reason = OpenSslLibrary.TakeError();
        Dispose();
        throw new TransportException($"The TLS handshake failed: {reason}.");
    }

    /// <exception cref="TransportException">It cannot be sent.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            if (OpenSsl.Write(_ssl, start, bytes.Length) == bytes.Length) return;
            throw new TransportException($"Cannot send: {OpenSslLibrary.TakeError()}.");
        }
    }

    /// <returns>The number of bytes received; 0 at the end.</returns>
    /// <exception cref="TransportException">
    /// Nothing arrived in time, or the server has refused: for example, it may require a certificate.
    /// </exception>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            int count = OpenSsl.Read(_ssl, start, buffer.Length);
            if (count > 0) return count;
            if ((OpenSsl.GetShutdown(_ssl) & OpenSsl.SSL_RECEIVED_SHUTDOWN) == 0 || OpenSsl.PeekLastError() != 0)
            {
                throw new TransportException($"Cannot receive: {OpenSslLibrary.TakeError()}.");
            }

            return 0;
        }
    }

    public void Dispose()
    {
        OpenSsl.Free(_ssl);
        OpenSsl.ContextFree(_context);
    }
}
