using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Epoll;

public sealed class EpollTransportTests() : ContractTest(SocketDriver.CreateEpoll)
{
    [Fact]
    public void Echoing_allocates_nothing_on_the_loop()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, connection => connection.Handler = new EchoHandler(connection));
        byte[] message = Pattern(1000);
        long Allocated()
        {
            long bytes = 0;
            Driver.OnLoop(served, _ => bytes = GC.GetAllocatedBytesForCurrentThread());
            return bytes;
        }

        void Echo(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                peer.Send(message);
                peer.Receive(message.Length);
            }
        }

        Echo(200);
        Allocated();
        // The measurement itself may allocate; the echoes between may not.
        long before = Allocated(), empty = Allocated() - before;
        before = Allocated();
        Echo(2000);
        Assert.InRange(Allocated() - before, 0, empty);
        Driver.OnLoop(served, connection => connection.Handler = served);
    }

    private sealed class EchoHandler(TransportConnection connection) : IConnectionHandler
    {
        public void OnReceived(Span<byte> bytes) => connection.Write(bytes, default);

        public void OnPeerShutdown()
        {
        }

        public void OnOutputProgress()
        {
        }

        public void OnClosed()
        {
        }
    }
}
