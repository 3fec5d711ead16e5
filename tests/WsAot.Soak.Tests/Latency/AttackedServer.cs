using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Soak.Tests.Wire;
using WsAot.Soak.Wire;
using WsAot.TestKit.Handshake;

namespace WsAot.Soak.Tests.Latency;

/// <summary>Takes connections, answers each handshake, and keeps what comes up to a limit; then it ends the connection.</summary>
internal sealed class AttackedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _bytesEach;
    private readonly bool _usesTls;

    public AttackedServer(int bytesEach, bool usesTls = false)
    {
        _bytesEach = bytesEach;
        _usesTls = usesTls;
        _listener.Start(1000);
        _ = AcceptAsync();
    }

    public ServerAddress Address => new(((IPEndPoint)_listener.LocalEndpoint).Port, _usesTls);

    /// <summary>The request line of each connection, in the order of their coming.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What each connection sent after its handshake, as soon as that is as much as the limit.</summary>
    public BlockingCollection<byte[]> Received { get; } = [];

    public void Dispose()
    {
        _listener.Dispose();
        Received.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await using Stream stream = await TlsPeer.OpenAsync(socket, _usesTls);
                byte[] head = new byte[4096];
                int count = 0;
                while (!head.AsSpan(0, count).EndsWith("\r\n\r\n"u8)) count += await stream.ReadAsync(head.AsMemory(count, 1));
                Requests.Enqueue(Encoding.ASCII.GetString(head, 0, head.AsSpan().IndexOf((byte)'\r')));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n\r\n"));
                byte[] received = new byte[_bytesEach];
                for (int at = 0; at < received.Length; at += count)
                {
                    count = await stream.ReadAsync(received.AsMemory(at));
                    if (count == 0) return;
                }

                Received.Add(received);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
