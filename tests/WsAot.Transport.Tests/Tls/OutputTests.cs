namespace WsAot.Transport.Tests.Tls;

/// <summary>What is encrypted: in few records, and held where the kernel refuses it.</summary>
public class OutputTests : TlsWorldTest
{
    [Fact]
    public void Messages_of_one_callback_share_a_record_and_a_send()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Peer.Take();
        world.WhenReceived = static (connection, _) =>
        {
            for (int i = 0; i < 100; i++) connection.Write([1, 2], [3]);
        };
        int calls = client.Peer.ReceivedCalls;
        client.Client.Write([1]);
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        Assert.Equal(calls + 1, client.Peer.ReceivedCalls);
        // 300 bytes, the type of the content, the tag of the cipher and a header (RFC 8446 section 5.2).
        Assert.Equal(300 + 1 + 16 + 5, client.Peer.Received.Length);
        client.Client.Feed(client.Peer.Take());
        Assert.Equal(300, client.Client.Read().Length);
    }

    [Theory]
    [InlineData(16 * 1024, 1)]
    [InlineData((16 * 1024) + 1, 2)]
    [InlineData(1_000_000, 62)]
    public void Large_bodies_leave_in_whole_records(int length, int records)
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Peer.Take();
        byte[] body = new byte[length];
        new Random(1).NextBytes(body);
        world.WhenReceived = (connection, _) => connection.Write(default, body);
        client.Client.Write([1]);
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        Assert.Equal(length + (22 * records), client.Peer.Received.Length);
        client.Client.Feed(client.Peer.Take());
        Assert.Equal(body, client.Client.Read());
    }

    [Fact]
    public void Ciphertext_that_is_refused_counts_as_pending_and_goes_first()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Peer.Take();
        client.Peer.WindowBytes = 10;
        world.WhenReceived = static (connection, bytes) => connection.Write(bytes, default);
        client.Client.Write("abcdef"u8);
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        Assert.Equal(6 + 22 - 10, client.Connection.PendingBytes);
        Assert.True(client.Connection.IsOutputBlocked);
        client.Client.Write("ghi"u8);
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        Assert.Equal(6 + 22 - 10 + 3, client.Connection.PendingBytes);

        var read = new List<byte>();
        while (read.Count < 9)
        {
            client.Client.Feed(client.Peer.Take());
            read.AddRange(client.Client.Read());
            world.Transport.RunUntilIdle();
        }

        Assert.Equal("abcdefghi"u8.ToArray(), read.ToArray());
        Assert.Equal((0, false), (client.Connection.PendingBytes, client.Connection.IsOutputBlocked));
        Assert.Equal(0, world.Pool.RentedCount);
    }

    [Fact]
    public void The_end_is_told_after_everything_that_waits()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Peer.Take();
        client.Peer.WindowBytes = 5;
        world.WhenReceived = static (connection, bytes) =>
        {
            connection.Write(bytes, default);
            connection.ShutdownOutput();
        };
        client.Client.Write("abcdef"u8);
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        Assert.False(client.Peer.IsServerShut);
        var read = new List<byte>();
        for (int i = 0; i < 100 && !client.Peer.IsServerShut; i++)
        {
            client.Client.Feed(client.Peer.Take());
            read.AddRange(client.Client.Read());
            Assert.Equal(client.Client.HasServerEnded, client.Peer.IsServerShut);
            world.Transport.RunUntilIdle();
        }

        client.Client.Feed(client.Peer.Take());
        client.Client.Read();
        Assert.True(client.Client.HasServerEnded);
        Assert.Equal("abcdef"u8.ToArray(), read.ToArray());
    }

    [Fact]
    public void A_flight_that_is_refused_goes_on_when_the_peer_reads()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Open();
        client.Peer.WindowBytes = 100;
        for (int i = 0; i < 1000 && !client.Client.IsConnected; i++)
        {
            client.Client.Connect();
            client.Exchange();
        }

        Assert.True(client.Client.IsConnected);
        client.Peer.WindowBytes = int.MaxValue;
        client.Exchange();
        Assert.Equal([1], client.Ask([1]));
        Assert.Equal(0, world.Pool.RentedCount);
    }
}
