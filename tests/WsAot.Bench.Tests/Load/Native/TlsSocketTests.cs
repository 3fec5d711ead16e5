using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using WsAot.Bench.Building;
using WsAot.Bench.Load;
using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Tests.Load.Native;

public sealed class TlsSocketTests : IDisposable
{
    // Only a guard.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly X509Certificate2 _certificate =
        X509Certificate2.CreateFromPemFile(BenchCertificate.CertificateFile, BenchCertificate.KeyFile);

    private readonly WrongServer _server;
    private readonly TlsClient _client = new();

    public TlsSocketTests() => _server = new WrongServer(static _ => [], _certificate);

    public void Dispose()
    {
        _server.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public void The_ticket_of_a_connection_that_has_ended_resumes_others()
    {
        nint session = Run(0, isResumed: false);
        Assert.Equal(1, OpenSsl.IsResumable(session));
        OpenSsl.SessionFree(Run(session, isResumed: true));
        OpenSsl.SessionFree(Run(session, isResumed: true));
        OpenSsl.SessionFree(session);
    }

    [Fact]
    public void A_server_that_does_not_speak_TLS_is_found()
    {
        using WrongServer plain = new(static _ => []);
        LoadException exception = Assert.Throws<LoadException>(() => _client.Connect(plain.Port));
        Assert.StartsWith("TLS: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_kernel_does_not_take_is_kept_and_flushed_later()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        TaskCompletionSource reading = new();
        Task<byte[]> received = ReceiveAsync(listener, reading.Task);
        using TlsSocket socket = _client.Connect(((IPEndPoint)listener.LocalEndpoint).Port);
        byte[] message = new byte[100_000];
        new Random(1).NextBytes(message);
        // Each call takes all bytes or, while some are held, none.
        int count = 0;
        while (socket.SendNow(message) is not 0 and int taken)
        {
            Assert.Equal(message.Length, taken);
            count++;
        }

        Assert.False(socket.FlushNow());
        reading.SetResult();
        using CancellationTokenSource guard = new(s_patience);
        while (!socket.FlushNow()) await Task.Delay(1, guard.Token);
        _ = await Task.Run(socket.End, guard.Token);
        byte[] all = await received.WaitAsync(guard.Token);
        Assert.Equal(count * message.Length, all.Length);
        for (int i = 0; i < count; i++) Assert.True(all.AsSpan(i * message.Length, message.Length).SequenceEqual(message));
    }

    private async Task<byte[]> ReceiveAsync(TcpListener listener, Task reading)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using SslStream stream = new(client.GetStream());
        await stream.AuthenticateAsServerAsync(_certificate);
        await reading;
        using MemoryStream all = new();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private nint Run(nint session, bool isResumed)
    {
        using TlsSocket socket = _client.Connect(_server.Port, session);
        Assert.Equal(isResumed, socket.IsResumed);
        return socket.End();
    }
}
