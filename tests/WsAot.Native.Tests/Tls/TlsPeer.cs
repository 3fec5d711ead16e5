using System.Net.Sockets;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Handshake;
using WsAot.TestKit.Tls;

namespace WsAot.Native.Tests.Tls;

/// <summary>
/// A WebSocket client over OpenSSL, of which a test can have a thousand: it is the server's handshakes that are to take the time of two
/// cores. One task at a time.
/// </summary>
internal sealed class TlsPeer : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationToken _cancellation;
    private readonly List<byte> _read = [];
    private readonly byte[] _buffer = new byte[8 * 1024];

    private TlsPeer(TlsClientOptions? options, CancellationToken cancellation)
    {
        Tls = new TlsClient(options);
        _cancellation = cancellation;
    }

    public TlsClient Tls { get; }

    /// <summary>Connects, and makes the handshake of TLS.</summary>
    public static async Task<TlsPeer> ConnectAsync(int port, TlsClientOptions? options, CancellationToken cancellation)
    {
        TlsPeer peer = new(options, cancellation);
        try
        {
            await peer._socket.ConnectAsync("127.0.0.1", port, cancellation);
            while (!peer.Tls.Connect())
            {
                Assert.Null(peer.Tls.Failure);
                await peer.FlushAsync();
                await peer.ReceiveAsync();
            }

            await peer.FlushAsync();
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>The same, and the opening handshake of WebSocket.</summary>
    public static async Task<TlsPeer> UpgradeAsync(int port, TlsClientOptions? options, CancellationToken cancellation)
    {
        TlsPeer peer = await ConnectAsync(port, options, cancellation);
        await peer.SendAsync(ExampleHandshake.Request("/echo", $"127.0.0.1:{port}"));
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await peer.ReadAsync(1))[0]);
        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return peer;
    }

    /// <summary>Sends a short binary message, and fails if what comes next is another.</summary>
    public async Task EchoAsync(byte[] message)
    {
        await SendAsync(RawConnection.Frame(0x82, message));
        Assert.Equal([0x82, (byte)message.Length, .. message], await ReadAsync(message.Length + 2));
    }

    public void Dispose()
    {
        _socket.Dispose();
        Tls.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Tls.Write(bytes.Span);
        await FlushAsync();
    }

    private async Task FlushAsync()
    {
        ReadOnlyMemory<byte> bytes = Tls.Take();
        while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes, _cancellation)..];
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        _read.AddRange(Tls.Read());
        while (_read.Count < count)
        {
            await ReceiveAsync();
            _read.AddRange(Tls.Read());
            Assert.Null(Tls.Failure);
        }

        byte[] bytes = [.. _read[..count]];
        _read.RemoveRange(0, count);
        return bytes;
    }

    private async Task ReceiveAsync()
    {
        int count = await _socket.ReceiveAsync(_buffer, _cancellation);
        if (count == 0) throw new EndOfStreamException("The server ended the connection.");
        Tls.Feed(_buffer.AsSpan(0, count));
    }
}
