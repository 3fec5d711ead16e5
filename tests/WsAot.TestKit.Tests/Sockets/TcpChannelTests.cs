using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Sockets;

namespace WsAot.TestKit.Tests.Sockets;

public sealed class TcpChannelTests : IDisposable
{
    private readonly CancellationTokenSource _guard = new(TimeSpan.FromMinutes(1));
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CertificateAuthority _authority = new();
    private readonly X509Certificate2 _certificate;
    private readonly TcpChannel _channel = new();
    private readonly byte[] _buffer = new byte[100];

    public TcpChannelTests()
    {
        _certificate = _authority.Issue(CertificateShape.Server);
        _listener.Start();
    }

    public void Dispose()
    {
        _channel.Dispose();
        _listener.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
        _guard.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Bytes_go_both_ways_until_the_fin_after_close_notify(SslProtocols protocol)
    {
        using Socket socket = await AcceptAsync();
        await using SslStream peer = await SecureAsync(socket, protocol);
        Assert.Equal((protocol, SslApplicationProtocol.Http11), (_channel.Protocol, peer.NegotiatedApplicationProtocol));
        await _channel.SendAsync(new byte[] { 1, 2 }, _guard.Token);
        Assert.Equal(2, await peer.ReadAtLeastAsync(new byte[2], 2, cancellationToken: _guard.Token));
        await peer.WriteAsync(new byte[] { 3 }, _guard.Token);
        Assert.Equal((1, 3), (await ReceiveAsync(), _buffer[0]));
        await _channel.EndOutputAsync(_guard.Token);
        await _channel.EndOutputAsync(_guard.Token);
        await Assert.ThrowsAsync<SocketException>(SendAsync);
        Assert.Equal(0, await peer.ReadAsync(new byte[1], _guard.Token));
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], _guard.Token));
        // The other way stays open (RFC 8446 section 6.1).
        await peer.WriteAsync(new byte[] { 4 }, _guard.Token);
        await peer.ShutdownAsync();
        Assert.Equal((1, 4), (await ReceiveAsync(), _buffer[0]));
        Task<int> end = ReceiveAsync();
        Assert.False(end.IsCompleted);
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await end);
        Assert.Equal(0, await ReceiveAsync());
    }

    [Fact]
    public async Task A_fin_without_close_notify_is_an_end_too()
    {
        using Socket socket = await AcceptAsync();
        await using SslStream peer = await SecureAsync(socket);
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await ReceiveAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_is_none_even_after_close_notify(bool saysClose)
    {
        Socket socket = await AcceptAsync();
        await using SslStream peer = await SecureAsync(socket);
        if (saysClose) await peer.ShutdownAsync();
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        SocketException exception = await Assert.ThrowsAsync<SocketException>(ReceiveAsync);
        Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        await Assert.ThrowsAsync<SocketException>(SendAsync);
        await _channel.EndOutputAsync(_guard.Token);
    }

    [Fact]
    public async Task A_fin_within_a_record_is_a_fault()
    {
        using Socket socket = await AcceptAsync();
        await using SslStream peer = await SecureAsync(socket);
        await socket.SendAsync(new byte[] { 23, 3, 3, 0, 100, 0 }, _guard.Token);
        socket.Shutdown(SocketShutdown.Send);
        await Assert.ThrowsAsync<IOException>(ReceiveAsync);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("")]
    public async Task What_is_no_tls_is_said_to_be_none(string answer)
    {
        using Socket socket = await AcceptAsync();
        Task securing = _channel.SecureAsync("localhost", _guard.Token);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer), _guard.Token);
        socket.Shutdown(SocketShutdown.Send);
        await Assert.ThrowsAsync<AuthenticationException>(() => securing);
    }

    private async Task<Socket> AcceptAsync()
    {
        await _channel.ConnectAsync("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, _guard.Token);
        return await _listener.AcceptSocketAsync(_guard.Token);
    }

    private async Task<SslStream> SecureAsync(Socket socket, SslProtocols protocol = SslProtocols.None)
    {
        SslStream peer = new(new NetworkStream(socket));
        SslServerAuthenticationOptions options = new()
        {
            ServerCertificate = _certificate,
            EnabledSslProtocols = protocol,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        await Task.WhenAll(_channel.SecureAsync("localhost", _guard.Token), peer.AuthenticateAsServerAsync(options, _guard.Token));
        return peer;
    }

    private Task SendAsync() => _channel.SendAsync(new byte[1], _guard.Token).AsTask();

    private Task<int> ReceiveAsync() => _channel.ReceiveAsync(_buffer, _guard.Token).AsTask();
}
