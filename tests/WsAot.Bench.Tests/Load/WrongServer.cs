using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WsAot.TestKit.Handshake;

namespace WsAot.Bench.Tests.Load;

/// <summary>
/// Answers each message, which must be short, with bytes that the test chooses by the connection's number. With a certificate, it uses TLS.
/// </summary>
internal sealed class WrongServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, byte[]> _answer;
    private readonly SslStreamCertificateContext? _certificate;
    private readonly TaskCompletionSource _pong = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WrongServer(Func<int, byte[]> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        if (certificate is not null) _certificate = SslStreamCertificateContext.Create(certificate, additionalCertificates: null);
        _listener.Start();
        _ = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What happened on which connection, in its order.</summary>
    public ConcurrentQueue<(int Number, string What)> Log { get; } = new();

    /// <summary>Ends when a pong has come.</summary>
    public Task Pong => _pong.Task;

    public void Dispose() => _listener.Dispose();

    private async Task RunAsync()
    {
        for (int number = 0; ; number++)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync();
            Log.Enqueue((number, "opened"));
            _ = ServeAsync(client.GetStream(), number);
        }
    }

    private async Task ServeAsync(Stream stream, int number)
    {
        if (_certificate is not null)
        {
            SslStream secure = new(stream);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate });
            stream = secure;
        }

        // Close it only after the client has ended.
        await using Stream closing = stream;
        byte[] answer = _answer(number);
        byte[] buffer = new byte[4096];
        await stream.ReadAtLeastAsync(buffer, 1);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {ExampleHandshake.Accept}\r\n\r\n"));
        while (true)
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 2));
            bool isPong = buffer[0] == 0x8A;
            int maskedLength = 4 + (buffer[1] & 0x7F);
            await stream.ReadExactlyAsync(buffer.AsMemory(0, maskedLength));
            Log.Enqueue((number, isPong ? "pong" : "echoed"));
            if (isPong) _pong.TrySetResult();
            else await stream.WriteAsync(answer);
        }
    }
}
