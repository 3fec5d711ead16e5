using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Tls;

/// <summary>Peers that use TLS against the server: what they cost ends with them, and what they break is theirs.</summary>
public class HostilePeerTests : TlsWorldTest
{
    [Fact]
    public void A_giant_ClientHello_is_refused_before_it_is_whole()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Open();
        // A handshake message of 16 MiB - 1, in records of 16 KiB (RFC 8446 sections 4 and 5.1).
        byte[] record = [22, 3, 1, 0x40, 0, .. new byte[0x4000]];
        (record[5], record[6], record[7], record[8]) = (1, 0xFF, 0xFF, 0xFF);
        client.Peer.Send(record);
        world.Transport.RunUntilIdle();
        Assert.Equal("excessive message size", client.Failure);
        Assert.True(client.Peer.IsClosed);
    }

    [Fact]
    public void Records_of_one_byte_are_one_delivery()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        byte[] sent = [.. Enumerable.Range(0, 500).Select(static i => (byte)i)];
        foreach (byte one in sent) client.Client.Write([one]);
        client.Exchange();
        Assert.Equal(sent, client.Received);
        Assert.Equal(1, client.ReceivedCalls);
        Assert.Equal(sent, client.Client.Read());
    }

    [Theory]
    [InlineData(0x0303)]
    [InlineData(0x0304)]
    public void A_FIN_at_any_point_of_the_handshake_is_an_end_of_input(int version)
    {
        using var world = CreateWorld();
        int length = FirstFlight(version).Length;
        foreach (int cut in (int[])[0, 1, 4, 5, 6, length / 2, length - 1, length])
        {
            TlsWorldClient client = world.Open(new TlsClientOptions { MaxVersion = version });
            client.Client.Connect();
            client.Peer.Send(client.Client.Take().AsSpan(0, Math.Min(cut, length)));
            client.Peer.Shutdown();
            world.Transport.RunUntilIdle();
            Assert.Equal((1, 0, null), (client.PeerShutdowns, client.Closings, client.Failure));
            world.Transport.Loops[0].Post(_ => client.Connection.Close(), null);
            world.Transport.RunUntilIdle();
            Assert.True(client.Peer.IsClosed);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_a_peer_is_told_after_its_last_bytes(bool isNotified)
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Client.Write("last"u8);
        if (isNotified) client.Client.End();
        client.Peer.Send(client.Client.Take());
        client.Peer.Shutdown();
        world.Transport.RunUntilIdle();
        Assert.Equal("last"u8.ToArray(), client.Received);
        Assert.Equal((1, 0), (client.PeerShutdowns, client.Closings));
        // The other direction is still open (RFC 8446 section 6.1).
        world.Transport.Loops[0].Post(_ => client.Connection.Write("answer"u8, default), null);
        client.Exchange();
        Assert.Equal("lastanswer"u8.ToArray(), client.Client.Read());
    }

    [Fact]
    public void Data_after_close_notify_is_not_read()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Client.Write("a"u8);
        byte[] first = client.Client.Take();
        client.Client.End();
        byte[] end = client.Client.Take();
        client.Peer.Send([.. first, .. end, .. first, 1, 2, 3]);
        world.Transport.RunUntilIdle();
        client.Peer.Send(first);
        world.Transport.RunUntilIdle();
        Assert.Equal("a"u8.ToArray(), client.Received);
        Assert.Equal((1, 0, null), (client.PeerShutdowns, client.Closings, client.Failure));
    }

    [Fact]
    public void A_record_that_was_changed_ends_the_connection()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Client.Write("hello"u8);
        byte[] record = client.Client.Take();
        record[^1] ^= 1;
        client.Peer.Send(record);
        world.Transport.RunUntilIdle();
        Assert.Equal("decryption failed or bad record mac", client.Failure);
        Assert.Equal((0, 1), (client.ReceivedCalls, client.Closings));
        client.Client.Feed(client.Peer.Take());
        client.Client.Read();
        // SslStream says nothing to the peer.
        Assert.Equal(IsSslStream ? null : "sslv3 alert bad record mac", client.Client.Failure);
    }

    [Fact]
    public void New_keys_are_made_as_often_as_the_peer_reads()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        for (int i = 0; i < 100; i++)
        {
            client.Client.UpdateKeys();
            client.Client.Write([(byte)i]);
            client.Exchange();
            Assert.Equal([(byte)i], client.Client.Read());
        }
    }

    [Fact]
    public void A_peer_that_asks_for_new_keys_and_reads_nothing_is_ended()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect();
        client.Peer.WindowBytes = 0;
        int most = 0;
        for (int i = 0; i < 100_000 && client.Failure is null; i++)
        {
            client.Client.UpdateKeys();
            client.Peer.Send(client.Client.Take());
            if (i % 100 == 0) world.Transport.RunUntilIdle();
            most = Math.Max(most, client.Connection.PendingBytes);
        }

        Assert.Equal(IsSslStream ? "the peer sends records without data" : "the peer does not read TLS's answers", client.Failure);
        Assert.InRange(most, IsSslStream ? 0 : 1, 600 * 1024);
        Assert.True(client.Peer.IsClosed);
        Assert.Equal(0, world.Pool.RentedCount);
    }

    [Fact]
    public void A_flood_of_new_keys_without_data_is_ended_before_it_takes_long()
    {
        using var world = new TlsWorld();
        TlsWorldClient client = world.Connect();
        for (int i = 0; i < 2200; i++) client.Client.UpdateKeys();
        byte[] flood = client.Client.Take();
        Assert.InRange(flood.Length, 50_000, 64 * 1024);
        client.Peer.Send(flood);
        world.Transport.RunUntilIdle();
        Assert.Equal("the peer changes its keys without sending data", client.Failure);
        Assert.True(client.Peer.IsClosed);
    }

    [Fact]
    public void Renegotiation_is_refused()
    {
        using var world = CreateWorld();
        TlsWorldClient client = world.Connect(new TlsClientOptions { MaxVersion = 0x0303 });
        client.Client.Renegotiate();
        client.Exchange();
        client.Client.Read();
        // SslStream ends the connection.
        Assert.Equal(IsSslStream ? null : "no renegotiation", client.Client.Failure);
        Assert.Equal(IsSslStream ? 1 : 0, client.Closings);
        Assert.Equal(0, client.ReceivedCalls);
    }

    private static byte[] FirstFlight(int version)
    {
        using var client = new TlsClient(new TlsClientOptions { MaxVersion = version });
        client.Connect();
        return client.Take();
    }
}
