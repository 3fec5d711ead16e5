using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Connections;

/// <summary>Orderly ends: each side ends its own output, with a FIN after everything it sent.</summary>
public abstract class ShutdownContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void The_peer_may_end_first()
    {
        Driver.WhenConnected = static served => served.WhenPeerShut = static connection =>
        {
            connection.Write("bye"u8, default);
            connection.ShutdownOutput();
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Send([1, 2, 3]);
        peer.Shutdown();
        Assert.Equal("bye"u8.ToArray(), peer.Receive(3));
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(["received", "shut", "closed"], served.Events);
    }

    [Fact]
    public void The_server_may_end_first()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection =>
        {
            connection.Write("last"u8, default);
            connection.ShutdownOutput();
            Assert.Equal(OutputStatus.Refused, connection.Write("later"u8, default));
            Assert.Equal(OutputStatus.Refused, connection.WriteShared([1]));
        });
        Assert.Equal("last"u8.ToArray(), peer.Receive(4));
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        peer.Send([1, 2, 3]);
        Driver.Until(() => served.ReceivedBytes == 3);
        peer.Shutdown();
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(["received", "closed"], served.Events);
    }

    [Fact]
    public void The_FIN_comes_after_the_pending_output()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int filled = Fill(served);
        Driver.OnLoop(served, static connection => connection.ShutdownOutput());
        peer.Receive(filled);
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
        peer.Shutdown();
        Driver.Until(() => served.Closings == 1);
    }

    [Fact]
    public void The_FIN_comes_after_the_output_of_its_own_callback()
    {
        Driver.WhenConnected = static served => served.WhenReceived = static (connection, _) =>
        {
            connection.Write("a"u8, default);
            connection.ShutdownOutput();
        };
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        peer.Send([1]);
        Assert.Equal("a"u8.ToArray(), peer.Receive(1));
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
    }

    [Fact]
    public void A_half_closed_connection_does_not_spin()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        peer.Shutdown();
        Driver.Until(() => served.PeerShutdowns == 1);
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 4);
        Driver.OnLoop(served, static connection => connection.Write("still here"u8, default));
        Assert.Equal("still here"u8.ToArray(), peer.Receive(10));
    }

    [Fact]
    public void A_connection_ended_by_the_server_and_paused_does_not_spin()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection =>
        {
            connection.PauseReading();
            connection.ShutdownOutput();
        });
        peer.Send([1, 2]);
        peer.Shutdown();
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 6);
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal([1, 2], served.Received);
    }
}
