using System.Buffers;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Connections;

/// <summary>Sending: everything arrives, in order and in few system calls, and nothing is kept afterwards.</summary>
public abstract class SendingContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void Output_of_one_callback_leaves_in_one_send()
    {
        TestPeer? peer = null;
        int early = -1;
        Driver.WhenConnected = served => served.WhenReceived = (connection, _) =>
        {
            for (byte i = 0; i < 100; i++) Assert.Equal(OutputStatus.Buffered, connection.Write([i], [i]));
            early = peer!.Available;
        };
        (peer, _) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Assert.Equal(200, peer.ReceiveOnce().Length);
        Assert.Equal(0, early);
        if (peer is InMemoryDriver.Peer memory) Assert.Equal(1, memory.Inner.ReceivedCalls);
    }

    [Fact]
    public void Output_of_one_posted_call_leaves_in_one_send()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int early = -1;
        Driver.OnLoop(served, connection =>
        {
            for (byte i = 0; i < 100; i++) Assert.Equal(OutputStatus.Buffered, connection.Write([i], [i]));
            early = peer.Available;
        });
        Assert.Equal(200, peer.ReceiveOnce().Length);
        Assert.Equal(0, early);
        if (peer is InMemoryDriver.Peer memory) Assert.Equal(1, memory.Inner.ReceivedCalls);
    }

    [Fact]
    public void Writes_of_every_size_keep_their_order_within_a_callback()
    {
        var expected = new MemoryStream();
        Driver.WhenConnected = served => served.WhenReceived = (connection, _) =>
        {
            var random = new Random(7);
            for (int i = 0; i < 200; i++)
            {
                byte[] head = Pattern(random.Next(15), i);
                byte[] body = Pattern(random.Next(random.Next(2) == 0 ? 50 : 9000), i + 1000);
                expected.Write(head);
                expected.Write(body);
                if (random.Next(3) == 0) connection.WriteShared([.. head, .. body]);
                else connection.Write(head, body);
            }
        };
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Driver.Until(() => Driver.Served[0].ReceivedCalls > 0);
        Driver.OnLoop(Driver.Served[0], static _ => { });
        Assert.Equal(expected.ToArray(), peer.Receive((int)expected.Length));
    }

    [Fact]
    public void Writes_to_others_keep_their_order_while_another_is_served()
    {
        var fromOther = new MemoryStream();
        (TestPeer other, ServedConnection servedOther) = Driver.ConnectAndAccept();
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenReceived = (connection, _) =>
        {
            for (int i = 0; i < 50; i++)
            {
                connection.Write([1, 2], [3]);
                byte[] piece = Pattern(3000, i);
                fromOther.Write(piece);
                servedOther.Connection.Write(piece, default);
            }
        };
        peer.Send([1]);
        byte[] mine = peer.Receive(150);
        Assert.All(Enumerable.Range(0, 150), i => Assert.Equal(1 + (i % 3), mine[i]));
        Assert.Equal(fromOther.ToArray(), other.Receive((int)fromOther.Length));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_of_what_was_received_arrive_intact_among_other_writes(bool isReading)
    {
        // Many per callback, small and large, with copies between; and where the peer does not read, cut off by the kernel anywhere.
        var written = new ArrayBufferWriter<byte>();
        Driver.WhenConnected = served => served.WhenReceived = (connection, bytes) =>
        {
            int length = 0;
            for (int at = 0; at < bytes.Length; at += length)
            {
                length = Math.Min(bytes.Length - at, 1 + ((written.WrittenCount * 7) % 9000));
                ReadOnlySpan<byte> head = Pattern(at % 15, at);
                connection.Write(head, bytes.Slice(at, length));
                lock (written)
                {
                    written.Write(head);
                    written.Write(bytes.Slice(at, length));
                }
            }
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        // As many bytes in either case. A peer that reads between the rounds gets no more in one than its kernel holds: beyond that, Linux
        // drops segments with the acknowledgements in them, and the connection may stand still for longer than a test waits.
        (int rounds, int roundBytes) = isReading ? (50, 90_000) : (5, 900_000);
        int received = 0;
        for (int round = 1; round <= rounds; round++)
        {
            peer.Send(Pattern(roundBytes, round));
            Driver.Until(() => served.ReceivedBytes == round * roundBytes);
            if (isReading) AssertArrives();
        }

        AssertArrives();
        Assert.Equal(0, Pool.RentedCount);

        void AssertArrives()
        {
            byte[] expected;
            lock (written) expected = written.WrittenSpan[received..].ToArray();
            Assert.True(expected.AsSpan().SequenceEqual(peer.Receive(expected.Length)));
            received += expected.Length;
        }
    }

    [Fact]
    public void A_shared_frame_reaches_many_connections()
    {
        (TestPeer Peer, ServedConnection Served)[] all = [.. Enumerable.Range(0, 20).Select(_ => Driver.ConnectAndAccept())];
        byte[] frame = Pattern(5000);
        Driver.OnLoop(all[0].Served, _ =>
        {
            foreach ((TestPeer Peer, ServedConnection Served) one in all) one.Served.Connection.WriteShared(frame);
        });
        foreach ((TestPeer peer, _) in all) Assert.Equal(frame, peer.Receive(frame.Length));
        Assert.Equal(Pattern(5000), frame);
        Assert.Equal(0, Pool.RentedCount);
    }

    [Fact]
    public void Nothing_can_be_written()
    {
        Driver.WhenConnected = static served => served.WhenReceived = static (connection, _) =>
        {
            connection.WriteShared([]);
            connection.Write(default, default);
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 1);
        Driver.OnLoop(served, static connection =>
        {
            connection.WriteShared([]);
            connection.Write(default, default);
            connection.WriteShared([7]);
        });
        Assert.Equal([7], peer.Receive(1));
    }

    [Fact]
    public void What_is_written_when_another_connection_ends_is_sent()
    {
        (TestPeer listener, ServedConnection servedListener) = Driver.ConnectAndAccept();
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenClosed = _ => servedListener.Connection.Write("left"u8, default);
        Driver.OnLoop(served, static connection => connection.Close());
        Assert.Equal("left"u8.ToArray(), listener.Receive(4));
    }

    [Fact]
    public void An_idle_connection_owns_no_buffer()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        for (int i = 0; i < 10; i++)
        {
            (TestPeer peer, _) = Driver.ConnectAndAccept();
            peer.Send(Pattern(10_000));
            peer.Receive(10_000);
        }

        Driver.OnLoop(Driver.Loops[0].Loop, static () => { });
        Assert.Equal(0, Pool.RentedCount);
    }

#if DEBUG
    [Fact]
    public void A_connection_that_is_used_outside_its_loop_fails_an_assertion()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Exception? failure = Record.Exception(() => { served.Connection.Write([1], default); });
        Assert.Contains("outside its loop", failure?.Message, StringComparison.Ordinal);
    }
#endif
}
