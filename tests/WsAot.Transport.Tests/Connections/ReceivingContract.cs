using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Connections;

/// <summary>Receiving: order, pieces, and what a connection knows of its peer.</summary>
public abstract class ReceivingContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void Bytes_arrive_in_order()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        byte[] sent = Pattern(300_000);
        for (int i = 0; i < sent.Length; i += 1000) peer.Send(sent[i..(i + 1000)]);
        Driver.Until(() => served.ReceivedBytes == sent.Length);
        Assert.Equal(sent, served.Received);
    }

    [Fact]
    public void More_than_the_receive_buffer_holds_arrives_in_pieces()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int largest = 0;
        served.WhenReceived = (_, bytes) => largest = Math.Max(largest, bytes.Length);
        byte[] sent = Pattern(OneLoop.ReceiveBufferBytes * 3 + 1);
        peer.Send(sent);
        Driver.Until(() => served.ReceivedBytes == sent.Length);
        Assert.Equal(sent, served.Received);
        // A record of TLS is delivered whole.
        Assert.InRange(largest, 1, OneLoop.ReceiveBufferBytes + (peer is TlsPeer ? 16 * 1024 : 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void What_is_received_can_be_echoed(int length)
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        for (int round = 0; round < 3; round++)
        {
            byte[] sent = Pattern(length, round);
            peer.Send(sent);
            Assert.Equal(sent, peer.Receive(length));
        }
    }

    [Fact]
    public void What_a_peer_sent_before_its_reset_is_delivered()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        byte[] sent = Pattern(50_000);
        peer.Send(sent);
        peer.Reset();
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(sent, served.Received);
    }

    [Fact]
    public void The_remote_address_is_that_of_the_peer()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Assert.Equal(peer.LocalEndPoint, served.Connection.RemoteAddress.ToIPEndPoint());
    }

    [Fact]
    public void The_handler_can_be_replaced()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        var other = new ServedConnection(Driver, served.Connection, served.Listener);
        served.WhenReceived = (connection, _) => connection.Handler = other;
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 1);
        peer.Send([2]);
        Driver.Until(() => other.ReceivedBytes == 1);
        Driver.OnLoop(served, connection => connection.Handler = served);
    }
}
