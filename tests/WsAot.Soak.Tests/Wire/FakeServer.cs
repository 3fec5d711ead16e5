using System.Net;
using System.Net.Sockets;
using WsAot.TestKit.Handshake;

namespace WsAot.Soak.Tests.Wire;

/// <summary>Takes one connection, answers its handshake, and then says what it was told to say.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeServer(string extensions, params byte[] frames)
    {
        _listener.Start();
        Ended = SayAsync(extensions, frames);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The bytes that came after the handshake.</summary>
    public Task<byte[]> Ended { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<byte[]> SayAsync(string extensions, byte[] frames)
    {
        using Socket socket = await _listener.AcceptSocketAsync();
        byte[] buffer = new byte[4096];
        int count = 0;
        while (!buffer.AsSpan(0, count).EndsWith("\r\n\r\n"u8)) count += await socket.ReceiveAsync(buffer.AsMemory(count));
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n{extensions}\r\n"));
        await socket.SendAsync(frames);
        socket.Shutdown(SocketShutdown.Send);
        using MemoryStream received = new();
        while ((count = await socket.ReceiveAsync(buffer)) > 0) received.Write(buffer, 0, count);
        return received.ToArray();
    }
}
