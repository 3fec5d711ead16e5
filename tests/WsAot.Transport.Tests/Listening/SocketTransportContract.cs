using System.Net;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Listening;

/// <summary>What every transport with real sockets does as well.</summary>
public abstract class SocketTransportContract(TransportKind kind) : ContractTest(options => new SocketDriver(kind, options))
{
    private ServerTransport Transport => Driver.Transport;

    [Fact]
    public void Port_zero_gives_a_real_port()
    {
        IPEndPoint endPoint = Listen(IPAddress.Loopback);
        Assert.Equal(IPAddress.Loopback, endPoint.Address);
        Assert.NotEqual(0, endPoint.Port);
        using var peer = new SocketDriver.Peer(endPoint);
        Driver.Until(() => Driver.Served.Count == 1);
    }

    [Fact]
    public void An_address_in_use_is_reported_in_one_line()
    {
        IPEndPoint taken = Driver.EndPointOf(Driver.Listener);
        var exception = Assert.Throws<TransportException>(() => Transport.Listen(new ListenOptions(taken)));
        Assert.Equal($"Cannot listen on {taken}: address already in use.", exception.Message);
    }

    [Fact]
    public void An_address_of_another_machine_is_reported_in_one_line()
    {
        // RFC 5737: 192.0.2.0/24 is for documentation, so no machine has it.
        var foreign = new ListenOptions(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0));
        var exception = Assert.Throws<TransportException>(() => Transport.Listen(foreign));
        Assert.Equal("Cannot listen on 192.0.2.1:0: this machine does not have that address.", exception.Message);
    }

    [IPv6Fact]
    public void An_IPv6_peer_is_accepted()
    {
        IPEndPoint endPoint = Listen(IPAddress.IPv6Loopback);
        Assert.Equal(IPAddress.IPv6Loopback, endPoint.Address);
        using var peer = new SocketDriver.Peer(endPoint);
        Driver.Until(() => Driver.Served.Count == 1);
        Assert.Equal(peer.LocalEndPoint, Driver.Served[0].Connection.RemoteAddress.ToIPEndPoint());
    }

    [IPv6Fact]
    public void The_IPv6_wildcard_takes_both_families()
    {
        int port = Listen(IPAddress.IPv6Any).Port;
        using var v4 = new SocketDriver.Peer(new IPEndPoint(IPAddress.Loopback, port));
        Driver.Until(() => Driver.Served.Count == 1);
        using var v6 = new SocketDriver.Peer(new IPEndPoint(IPAddress.IPv6Loopback, port));
        Driver.Until(() => Driver.Served.Count == 2);
        Assert.Equal(
            [IPAddress.Loopback, IPAddress.IPv6Loopback],
            Driver.Served.Select(static served => served.Connection.RemoteAddress.ToIPEndPoint().Address));
    }

    [Fact]
    public async Task The_port_is_free_again_at_once()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        IPEndPoint endPoint = Driver.EndPointOf(Driver.Listener);
        // The server ends first, so that TIME_WAIT stays on its side.
        Driver.OnLoop(served, static connection => connection.ShutdownOutput());
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        peer.Shutdown();
        Driver.Until(() => served.Closings == 1);
        await Transport.StopListeningAsync();
        Assert.Equal(endPoint, Transport.Listen(new ListenOptions(endPoint)));
    }

    [Fact]
    public void Frames_are_not_held_back_by_Nagle()
    {
        // Two small writes in two batches: the second must not wait for the acknowledgement of the first, which comes after 40 ms.
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        if (OperatingSystem.IsLinux()) ((SocketDriver.Peer)peer).DelayAcknowledgements();
        Driver.OnLoop(served, static connection => connection.Write([1], default));
        Driver.OnLoop(served, static connection => connection.Write([2], default));
        Assert.Equal(2, peer.Available);
        peer.Receive(2);
    }

    [Fact]
    public void Many_connections_come_and_go()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        for (int round = 0; round < 10; round++)
        {
            TestPeer[] peers = [.. Enumerable.Range(0, 30).Select(_ => Driver.Connect())];
            foreach (TestPeer peer in peers) peer.Send([1, 2, 3]);
            foreach (TestPeer peer in peers) Assert.Equal([1, 2, 3], peer.Receive(3));
            for (int i = 0; i < peers.Length; i++)
            {
                if (i % 2 == 0) peers[i].Reset();
                else peers[i].Shutdown();
            }

            Driver.Until(() => Driver.Served.Count(static it => it.Closings + it.PeerShutdowns > 0) == Driver.Served.Count);
            foreach (ServedConnection served in Driver.Served.Where(static it => it.Closings == 0).ToArray())
            {
                Driver.OnLoop(served, static connection => connection.Close());
            }
        }

        Assert.Equal(0, Driver.Loops[0].Loop.ConnectionCount);
    }

    [Fact]
    public async Task Calls_posted_while_a_loop_ends_do_not_write_to_a_descriptor_of_somebody_else()
    {
        // A wake-up that comes too late must not go to the descriptor's next owner.
        ServerTransport transport = ServerTransport.Create(kind, new TransportOptions { Loops = 1 });
        TransportLoop? loop = null;
        transport.Start(it =>
        {
            loop = it;
            return new ServedLoop(Driver, it);
        });
        using var stop = new CancellationTokenSource();
        var poster = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) loop!.Post(static _ => { }, null);
        });
        await transport.DisposeAsync();
        loop!.Post(static _ => { }, null);
        await stop.CancelAsync();
        await poster.WaitAsync(TransportDriver.Patience);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerTransport.Create(kind, new TransportOptions { Loops = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerTransport.Create(kind, new TransportOptions { ReceiveBufferBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerTransport.Create(kind, new TransportOptions { SendBufferBytes = 1023 }));
    }

    [Fact]
    public void A_handler_that_cannot_be_created_leaves_nothing_running()
    {
        using ServerTransport transport = ServerTransport.Create(kind, new TransportOptions { Loops = 2 });
        Assert.Throws<InvalidOperationException>(() => transport.Start(static _ => throw new InvalidOperationException()));
    }

    private IPEndPoint Listen(IPAddress address) => (IPEndPoint)Transport.Listen(new ListenOptions(new IPEndPoint(address, 0)));
}
