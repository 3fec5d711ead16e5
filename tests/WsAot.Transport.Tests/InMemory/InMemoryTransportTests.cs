using WsAot.Transport.InMemory;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.InMemory;

public sealed class InMemoryTransportTests() : ContractTest(InMemoryDriver.Create)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Output_arrives_whole_wherever_the_kernel_cuts_it(int windowBytes)
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        ((InMemoryDriver.Peer)peer).Inner.WindowBytes = windowBytes;
        var expected = new MemoryStream();
        var random = new Random(windowBytes);
        served.WhenReceived = (connection, _) =>
        {
            for (int i = 0; i < 10; i++)
            {
                byte[] head = Pattern(random.Next(6), i);
                byte[] body = Pattern(random.Next(8) == 0 ? 5000 : random.Next(40), i);
                expected.Write(head);
                expected.Write(body);
                if (random.Next(2) == 0) connection.WriteShared([.. head, .. body]);
                else connection.Write(head, body);
            }
        };
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 1);
        Assert.Equal(expected.ToArray(), peer.Receive((int)expected.Length));
        Assert.Equal(0, Pool.RentedCount);
    }

    [Fact]
    public void What_the_server_does_to_a_peer_is_told()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        int told = 0;
        ((InMemoryDriver.Peer)peer).Inner.ServerActed = () => told++;
        served.WhenReceived = static (connection, _) => connection.Write([1], []);
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 1);
        Assert.Equal(1, told);
        served.WhenReceived = static (connection, _) => connection.ShutdownOutput();
        peer.Send([1]);
        Driver.Until(() => served.ReceivedCalls == 2);
        Assert.Equal(2, told);
        served.WhenReceived = static (connection, _) => connection.Close();
        peer.Send([1]);
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(3, told);
    }

    [Fact]
    public void What_is_posted_from_outside_is_told_once_until_the_next_batch()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        int told = 0;
        int run = 0;
        ((InMemoryTransport)Driver.Transport).Woken = () => told++;
        TransportLoop loop = served.Connection.Loop;
        loop.Post(_ => run++, null);
        loop.Post(_ => loop.Post(_ => run++, null), null);
        Assert.Equal(1, told);
        Driver.Until(() => run == 2);
        loop.Post(_ => run++, null);
        Assert.Equal((2, 2), (told, run));
        Driver.Until(() => run == 3);
    }
}
