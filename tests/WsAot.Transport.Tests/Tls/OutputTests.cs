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
    public void What_is_sent_from_where_it_was_received_shares_records_too()
    {
        using var world = new TlsWorld();
        TlsWorldClient client = world.Connect();
        client.Peer.Take();
        // Above 4 KiB the transport sends from its receive buffer; 8 heads and bodies make 2 records and a rest.
        client.Handler = static (connection, bytes) =>
        {
            for (int i = 0; i < bytes.Length; i += 4100) connection.Write("head"u8, bytes.Slice(i, 4100));
        };
        var sent = new byte[8 * 4100];
        new Random(2).NextBytes(sent);
        client.Client.Write(sent);
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        Assert.Equal((8 * 4104) + (3 * 22), client.Peer.Received.Length);
        client.Client.Feed(client.Peer.Take());
        byte[] read = client.Client.Read();
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal("head"u8.ToArray(), read[(i * 4104)..((i * 4104) + 4)]);
            Assert.Equal(sent[(i * 4100)..((i + 1) * 4100)], read[((i * 4104) + 4)..((i + 1) * 4104)]);
        }
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
