using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Proxies;

/// <summary>Stands where the server would, and keeps the request heads that a proxy sends there.</summary>
internal sealed class RequestRecorder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RequestRecorder() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The lines of the next request for this path. Others, such as health checks, get 200.</summary>
    public async Task<string[]> NextAsync(string path)
    {
        using CancellationTokenSource guard = new(Command.Patience);
        while (true)
        {
            using Socket socket = await _listener.AcceptSocketAsync(guard.Token);
            string head = await ReadHeadAsync(socket, guard.Token);
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), guard.Token);
            if (head.StartsWith($"GET {path} ", StringComparison.Ordinal)) return head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static async Task<string> ReadHeadAsync(Socket socket, CancellationToken cancellationToken)
    {
        StringBuilder head = new();
        byte[] buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await socket.ReceiveAsync(buffer, cancellationToken);
            if (count == 0) break;
            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return head.ToString();
    }
}
