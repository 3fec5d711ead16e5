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
}
