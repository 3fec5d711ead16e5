using System.Net;
using System.Net.Sockets;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests;

/// <summary>What every transport with real sockets does besides.</summary>
public abstract class SocketTransportContract(TransportKind kind) : TransportContract
{
    private ServerTransport Transport => Driver.Transport;

    protected override TransportDriver CreateDriver(TransportOptions options) => new SocketDriver(kind, options);

    [Fact]
    public void PortZeroGivesARealPort()
    {
        IPEndPoint endPoint = Transport.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(IPAddress.Loopback, endPoint.Address);
        Assert.NotEqual(0, endPoint.Port);
        using var peer = new SocketDriver.Peer(endPoint);
        Driver.Until(() => Driver.Served.Count == 1);
    }

    [Fact]
    public void AnAddressInUseIsToldInOneLine()
    {
        IPEndPoint taken = ((SocketDriver)Driver).EndPoint;
        var exception = Assert.Throws<TransportException>(() => Transport.Listen(taken));
        Assert.Equal($"Cannot listen on {taken}: address already in use.", exception.Message);
    }

    [Fact]
    public void AnAddressOfAnotherMachineIsToldInOneLine()
    {
        // RFC 5737: 192.0.2.0/24 is for documentation, so no machine has it.
        var exception = Assert.Throws<TransportException>(() => Transport.Listen(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)));
        Assert.Equal("Cannot listen on 192.0.2.1:0: this machine does not have that address.", exception.Message);
    }

    [IPv6Fact]
    public void AnIPv6PeerIsAccepted()
    {
        IPEndPoint endPoint = Transport.Listen(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        Assert.Equal(IPAddress.IPv6Loopback, endPoint.Address);
        using var peer = new SocketDriver.Peer(endPoint);
        Driver.Until(() => Driver.Served.Count == 1);
        Assert.Equal(peer.LocalEndPoint, Driver.Served[0].Connection.RemoteAddress.ToIPEndPoint());
    }

    [IPv6Fact]
    public void TheIPv6WildcardTakesBothFamilies()
    {
        int port = Transport.Listen(new IPEndPoint(IPAddress.IPv6Any, 0)).Port;
        using var v4 = new SocketDriver.Peer(new IPEndPoint(IPAddress.Loopback, port));
        Driver.Until(() => Driver.Served.Count == 1);
        using var v6 = new SocketDriver.Peer(new IPEndPoint(IPAddress.IPv6Loopback, port));
        Driver.Until(() => Driver.Served.Count == 2);
        Assert.Equal(
            [IPAddress.Loopback, IPAddress.IPv6Loopback],
            Driver.Served.Select(static served => served.Connection.RemoteAddress.ToIPEndPoint().Address));
    }

    [Fact]
    public void ThePortIsFreeAgainAtOnce()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        IPEndPoint endPoint = ((SocketDriver)Driver).EndPoint;
        // The server ends first, so that TIME_WAIT stays on its side.
        Driver.OnLoop(served, static connection => connection.ShutdownOutput());
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        peer.Shutdown();
        Driver.Until(() => served.Closings == 1);
        Transport.StopListening();
        Assert.Equal(endPoint, Transport.Listen(endPoint));
    }

    [Fact]
    public void FramesAreNotHeldBackByNagle()
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
    public void ManyConnectionsComeAndGo()
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
    public async Task CallsPostedWhileTheLoopsEndReachNoStranger()
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
        transport.Dispose();
        loop!.Post(static _ => { }, null);
        await stop.CancelAsync();
        await poster.WaitAsync(TransportDriver.Patience);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerTransport.Create(kind, new TransportOptions { Loops = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerTransport.Create(kind, new TransportOptions { ReceiveBufferBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServerTransport.Create(kind, new TransportOptions { SendBufferBytes = 1023 }));
    }

    [Fact]
    public void AHandlerThatCannotBeMadeLeavesNothingRunning()
    {
        using ServerTransport transport = ServerTransport.Create(kind, new TransportOptions { Loops = 2 });
        Assert.Throws<InvalidOperationException>(() => transport.Start(static _ => throw new InvalidOperationException()));
    }

    private sealed class IPv6FactAttribute : FactAttribute
    {
        public IPv6FactAttribute()
        {
            if (!Socket.OSSupportsIPv6 || !CanBind()) Skip = "This machine has no IPv6 loopback (::1).";
        }

        private static bool CanBind()
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
