using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.TestKit.Handshake;

namespace WsAot.Soak.Tests.Latency;

/// <summary>Takes connections, answers each handshake, and keeps what comes up to a limit; then it ends the connection.</summary>
internal sealed class AttackedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _bytesEach;

    public AttackedServer(int bytesEach)
    {
        _bytesEach = bytesEach;
        _listener.Start(1000);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
                byte[] head = new byte[4096];
                int count = 0;
                while (!head.AsSpan(0, count).EndsWith("\r\n\r\n"u8)) count += await socket.ReceiveAsync(head.AsMemory(count, 1));
                Requests.Enqueue(Encoding.ASCII.GetString(head, 0, head.AsSpan().IndexOf((byte)'\r')));
                await socket.SendAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n\r\n"));
                byte[] received = new byte[_bytesEach];
                for (int at = 0; at < received.Length; at += count)
                {
                    count = await socket.ReceiveAsync(received.AsMemory(at));
                    if (count == 0) return;
                }

                Received.Add(received);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
