using System.Net;
using System.Net.Sockets;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Tests.Wire;

/// <summary>Over TLS a socket that does not wait is what it is without: the same bytes, and "not now" for nothing to do.</summary>
public sealed class ClientSocketTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _buffer = new byte[32 * 1024];
    private ClientSocket? _client;

    public ClientSocketTests() => _listener.Start();

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_go_both_ways_and_the_end_is_that_of_tcp(bool usesTls)
    {
        (ClientSocket client, Stream peer, Socket socket) = await OpenAsync(usesTls);
        await using (peer)
        {
            Assert.Equal((0, SocketError.WouldBlock), (client.Receive(_buffer, out SocketError error), error));
            await peer.WriteAsync("pong"u8.ToArray());
            Assert.Equal("pong"u8.ToArray(), _buffer[..ReceiveSome(client)]);
            client.EndOutput();
            Assert.Equal(0, await peer.ReadAsync(_buffer));
            if (peer is System.Net.Security.SslStream tls) await tls.ShutdownAsync();
            Assert.Equal((0, SocketError.WouldBlock), (client.Receive(_buffer, out error), error));
            socket.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, ReceiveSome(client));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_kernel_does_not_take_goes_on_where_it_stopped(bool usesTls)
    {
        (ClientSocket client, Stream peer, _) = await OpenAsync(usesTls);
        byte[] sent = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(sent);
        await using (peer)
        {
            int count = SendUntilBlocked(client, sent);
            Assert.InRange(count, 1, sent.Length - 100_000);
            byte[] received = new byte[sent.Length];
            Task reading = peer.ReadExactlyAsync(received).AsTask();
            // A few bytes alone may have to wait for the rest of their record, and are not lost.
            while (count < sent.Length)
            {
                count += client.Send(sent.AsSpan(count, Math.Min(7, sent.Length - count)), out SocketError error);
                count += SendUntilBlocked(client, sent.AsSpan(count));
                Assert.True(error is SocketError.Success or SocketError.WouldBlock, error.ToString());
            }

            await reading;
            Assert.Equal(sent, received);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_more_is_taken_off_tcp_than_there_is_room_for(bool usesTls)
    {
        (ClientSocket client, Stream peer, Socket socket) = await OpenAsync(usesTls);
        await using (peer)
        {
            await peer.WriteAsync(new byte[10_000]);
            Assert.True(client.Socket.Poll(s_patience, SelectMode.SelectRead));
            long before = client.TakenBytes;
            int came = 0;
            for (int i = 1; i <= 50; i++)
            {
                came += client.Receive(_buffer.AsSpan(0, 10), out _);
                Assert.Equal(10 * i, client.TakenBytes - before);
            }

            // Over TLS it is a record of which only a part has come.
            Assert.Equal(usesTls ? 0 : 500, came);
            while (came < 10_000) came += ReceiveSome(client);
            Assert.Equal(0, socket.Available);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_is_an_error(bool usesTls)
    {
        (ClientSocket client, Stream peer, Socket socket) = await OpenAsync(usesTls);
        await using (peer)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
            SocketError error = SocketError.WouldBlock;
            // TLS 1.3 may have had session tickets to say before.
            Until(() => client.Receive(_buffer, out error) > 0 ? false : Blocks(error) ? null : true);
            Assert.Equal(SocketError.ConnectionReset, error);
            client.Send("a"u8, out error);
            Assert.NotEqual(SocketError.Success, error);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", SocketError.ProtocolNotSupported)]
    [InlineData("", SocketError.ConnectionReset)]
    public async Task A_server_without_TLS_is_an_error(string answer, SocketError expected)
    {
        ClientSocket client = Connect(usesTls: true);
        using Socket socket = await _listener.AcceptSocketAsync();
        Assert.Equal((0, SocketError.WouldBlock), (client.Send("a"u8, out SocketError error), error));
        Assert.True(await socket.ReceiveAsync(_buffer) > 0);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        socket.Shutdown(SocketShutdown.Send);
        Assert.True(client.Socket.Poll(s_patience, SelectMode.SelectRead));
        Assert.Equal((0, expected), (client.Send("a"u8, out error), error));
    }

    [Fact]
    public async Task A_ClientHello_is_answered_with_the_servers_flight()
    {
        ClientSocket client = Connect(usesTls: false);
        using Socket socket = await _listener.AcceptSocketAsync();
        Task<Stream> opening = TlsPeer.OpenAsync(socket, usesTls: true);
        client.Socket.Blocking = true;
        client.Send(TlsSession.ClientHello());
        byte[] record = new byte[6];
        for (int count = 0; count < record.Length;) count += client.Receive(record.AsSpan(count));
        // RFC 8446 sections 4 and 5.1: handshake, ServerHello.
        Assert.Equal((22, 2), (record[0], record[5]));
        client.EndOutput();
        await Assert.ThrowsAnyAsync<Exception>(() => opening);
    }

    private ClientSocket Connect(bool usesTls)
    {
        _client = new ClientSocket(new ServerAddress(((IPEndPoint)_listener.LocalEndpoint).Port, usesTls));
        _client.Connect();
        _client.Socket.Blocking = false;
        return _client;
    }

    /// <summary>A client that has said "ping", which the server has read.</summary>
    private async Task<(ClientSocket Client, Stream Peer, Socket Socket)> OpenAsync(bool usesTls)
    {
        ClientSocket client = Connect(usesTls);
        Socket socket = await _listener.AcceptSocketAsync();
        Task<Stream> opening = TlsPeer.OpenAsync(socket, usesTls);
        Until(() => client.Send("ping"u8, out SocketError error) == 4 ? true : Blocks(error) ? null : false);
        Stream peer = await opening;
        await peer.ReadExactlyAsync(_buffer.AsMemory(0, 4));
        Assert.Equal("ping"u8.ToArray(), _buffer[..4]);
        return (client, peer, socket);
    }

    private int ReceiveSome(ClientSocket client)
    {
        int count = 0;
        Until(() =>
        {
            count = client.Receive(_buffer, out SocketError error);
            return error == SocketError.Success ? true : Blocks(error) ? null : false;
        });
        return count;
    }

    private static int SendUntilBlocked(ClientSocket client, ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        while (sum < bytes.Length)
        {
            int count = client.Send(bytes[sum..], out SocketError error);
            if (error != SocketError.Success) break;
            sum += count;
        }

        return sum;
    }

    private static bool Blocks(SocketError error) => error == SocketError.WouldBlock;

    /// <param name="step">Null: not yet; false: it has failed.</param>
    private static void Until(Func<bool?> step)
    {
        bool? isDone = null;
        Assert.True(SpinWait.SpinUntil(() => (isDone = step()) is not null, s_patience));
        Assert.True(isDone);
    }
}
