using System.Net;
using System.Net.Sockets;
using WsAot.Soak.Wire;
using WsAot.TestKit.Handshake;

namespace WsAot.Soak.Tests.Wire;

/// <summary>Takes one connection, answers its handshake, and then says what it was told to say.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private readonly bool _usesTls;

    public FakeServer(string extensions, params byte[] frames)
        : this(usesTls: false, extensions, frames)
    {
    }

    public FakeServer(bool usesTls, string extensions, params byte[] frames)
    {
        _usesTls = usesTls;
        _listener.Start();
        Ended = SayAsync(extensions, frames);
    }

    public ServerAddress Address => new(((IPEndPoint)_listener.LocalEndpoint).Port, _usesTls);

    /// <summary>The bytes that came after the handshake.</summary>
    public Task<byte[]> Ended { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<byte[]> SayAsync(string extensions, byte[] frames)
    {
        using Socket socket = await _listener.AcceptSocketAsync();
        await using Stream stream = await TlsPeer.OpenAsync(socket, _usesTls);
        byte[] buffer = new byte[4096];
        int count = 0;
        while (!buffer.AsSpan(0, count).EndsWith("\r\n\r\n"u8)) count += await stream.ReadAsync(buffer.AsMemory(count));
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n{extensions}\r\n"));
        await stream.WriteAsync(frames);
        await TlsPeer.EndOutputAsync(stream, socket);
        using MemoryStream received = new();
        while ((count = await stream.ReadAsync(buffer)) > 0) received.Write(buffer, 0, count);
        return received.ToArray();
    }
}
