using WsAot.Transport.InMemory;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Loops;

/// <summary>What is done once for all connections of a batch is done in portions, when it takes long.</summary>
public sealed class PortionTests : IDisposable
{
    private const int Connections = 1000;

    /// <summary>The clock is looked at after 128 sends, and again after 16.</summary>
    private const int MostSends = 160;

    private readonly HastyTime _time = new();
    private readonly InMemoryDriver _driver;

    public PortionTests() => _driver = (InMemoryDriver)InMemoryDriver.Create(
        new TransportOptions { Loops = 1, ReceiveBufferBytes = 4096, SendBufferBytes = 4096, TimeProvider = _time });

    private InMemoryTransport Transport => (InMemoryTransport)_driver.Transport;

    public void Dispose() => _driver.Dispose();

    [Fact]
    public void Output_that_takes_long_to_send_leaves_in_several_batches_in_its_order()
    {
        (TestPeer Peer, ServedConnection Served)[] all = [.. Enumerable.Range(0, Connections).Select(_ => _driver.ConnectAndAccept())];
        TransportLoop loop = Transport.Loops[0];
        _time.MsEachLook = 1;
        loop.Post(_ => Array.ForEach(all, static one => one.Served.Connection.WriteShared([1])), null);
        Transport.RunBatch();
        int sent = all.Count(static one => one.Peer.Available == 1);
        Assert.InRange(sent, 1, MostSends);
        Assert.All(all[..sent], static one => Assert.Equal(1, one.Peer.Available));
        // What is written before the first has left goes with it.
        loop.Post(_ => Array.ForEach(all, static one => one.Served.Connection.WriteShared([2])), null);
        int batches = 1;
        while (Transport.RunBatch()) batches++;
        Assert.InRange(batches, Connections / MostSends, Connections);
        Assert.All(all, static one => Assert.Equal([1, 2], one.Peer.Receive(2)));
        Assert.All(all[^1..], static one => Assert.Equal(1, ((InMemoryDriver.Peer)one.Peer).Inner.ReceivedCalls));
    }

    [Fact]
    public void Posted_calls_that_take_long_leave_the_rest_to_the_next_batch()
    {
        int calls = 0;
        TransportLoop loop = Transport.Loops[0];
        for (int i = 0; i < 100; i++)
        {
            loop.Post(
                _ =>
                {
                    calls++;
                    _time.NowMs += 5;
                },
                null);
        }

        Transport.RunBatch();
        Assert.InRange(calls, 1, 8);
        while (Transport.RunBatch())
        {
        }

        Assert.Equal(100, calls);
    }

    /// <summary>A clock for which every look takes some time.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public long NowMs { get; set; }

        public int MsEachLook { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => NowMs += MsEachLook;
    }
}
