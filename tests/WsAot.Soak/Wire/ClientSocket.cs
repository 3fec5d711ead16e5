using System.Net;
using System.Net.Sockets;

namespace WsAot.Soak.Wire;

/// <summary>A socket to the server, with or without TLS, for clients that share a thread: with the same calls and errors.</summary>
internal sealed class ClientSocket(ServerAddress server) : IDisposable
{
    private TlsSession? _tls;
    private long _takenBytes;

    /// <summary>The socket, to set its options. <see cref="Socket.Blocking"/> decides whether calls wait.</summary>
    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>The bytes read from TCP; over TLS, ciphertext.</summary>
    public long TakenBytes => _tls?.TakenBytes ?? _takenBytes;

    /// <summary>Connects. Over TLS, the first send or receive makes the handshake.</summary>
    /// <exception cref="SocketException">No server listens there.</exception>
    public void Connect()
    {
        Socket.Connect(IPAddress.Loopback, server.Port);
        if (server.UsesTls) _tls = new TlsSession(Socket);
    }

    /// <inheritdoc cref="TlsSession.Receive"/>
    public int Receive(Span<byte> buffer, out SocketError error)
    {
        if (_tls is not null) return _tls.Receive(buffer, out error);
        int count = Socket.Receive(buffer, SocketFlags.None, out error);
        _takenBytes += count;
        return count;
    }

    /// <exception cref="SocketException">The connection is broken.</exception>
    public int Receive(Span<byte> buffer)
    {
        int count = Receive(buffer, out SocketError error);
        return error == SocketError.Success ? count : throw new SocketException((int)error);
    }

    /// <inheritdoc cref="TlsSession.Send"/>
    public int Send(ReadOnlySpan<byte> bytes, out SocketError error) =>
        _tls is null ? Socket.Send(bytes, SocketFlags.None, out error) : _tls.Send(bytes, out error);

    /// <summary>Sends all bytes, on a blocking socket.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Send(bytes, out SocketError error);
            if (error != SocketError.Success) throw new SocketException((int)error);
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends FIN, over TLS a close_notify before it.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public void EndOutput()
    {
        _tls?.EndOutput();
        Socket.Shutdown(SocketShutdown.Send);
    }

    public void Dispose()
    {
        _tls?.Dispose();
        Socket.Dispose();
    }
}
