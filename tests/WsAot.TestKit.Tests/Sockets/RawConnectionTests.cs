using System.Net;
using System.Net.Sockets;
using WsAot.TestKit.Sockets;

namespace WsAot.TestKit.Tests.Sockets;

public sealed class RawConnectionTests : IDisposable
{
    private readonly CancellationTokenSource _guard = new(TimeSpan.FromMinutes(1));
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly RawConnection _connection;

    public RawConnectionTests()
    {
        _listener.Start();
        _connection = new RawConnection(_guard.Token);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _listener.Dispose();
        _guard.Dispose();
    }

    [Fact]
    public async Task Bytes_go_both_ways_until_the_peers_fin()
    {
        using Socket peer = await ConnectAsync();
        Assert.True(await _connection.TrySendAsync(new byte[] { 1, 2 }));
        await _connection.EndOutputAsync();
        byte[] received = new byte[3];
        Assert.Equal(2, await peer.ReceiveAsync(received, _guard.Token));
        Assert.Equal(0, await peer.ReceiveAsync(received, _guard.Token));
        peer.Send([3, 4, 5]);
        Assert.Equal(3, await _connection.ReadByteAsync());
        Assert.False(await _connection.WaitForEndAsync());
        Assert.Equal([4, 5], _connection.Unread.ToArray());
        peer.Shutdown(SocketShutdown.Send);
        Assert.True(await _connection.TryReadExactlyAsync(new byte[2]));
        Assert.False(await _connection.TryReadExactlyAsync(new byte[1]));
        Assert.True(await _connection.WaitForEndAsync());
        Assert.Equal((-1, false), (await _connection.ReadByteAsync(), _connection.WasReset));
    }

    [Fact]
    public async Task A_reset_is_told_apart()
    {
        using (Socket peer = await ConnectAsync()) peer.LingerState = new LingerOption(true, 0);
        Assert.True(await _connection.WaitForEndAsync());
        Assert.True(_connection.WasReset);
        Assert.False(await _connection.TrySendAsync(new byte[1]));
    }

    private async Task<Socket> ConnectAsync()
    {
        await _connection.ConnectAsync("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        return await _listener.AcceptSocketAsync(_guard.Token);
    }
}
