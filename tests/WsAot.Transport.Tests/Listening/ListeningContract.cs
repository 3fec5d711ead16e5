using System.Net;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Listening;

/// <summary>Listening: which loop gets a connection, and which listener it came in on.</summary>
public abstract class ListeningContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void Connections_go_to_the_loop_with_the_fewest()
    {
        UseLoops(3);
        for (int i = 0; i < 9; i++) Driver.ConnectAndAccept();
        Assert.All(Driver.Loops, static loop => Assert.Equal(3, loop.Loop.ConnectionCount));
        TransportLoop second = Driver.Loops[1].Loop;
        foreach (ServedConnection served in Driver.Served.Where(it => it.Connection.Loop == second).Take(2).ToArray())
        {
            Driver.OnLoop(served, static connection => connection.Close());
        }

        Assert.Equal(1, second.ConnectionCount);
        Assert.Same(second, Driver.ConnectAndAccept().Served.Connection.Loop);
        Assert.Same(second, Driver.ConnectAndAccept().Served.Connection.Loop);
        Assert.All(Driver.Loops, static loop => Assert.Equal(3, loop.Loop.ConnectionCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_connection_is_introduced_with_the_listener_it_came_in_on(int loops)
    {
        UseLoops(loops);
        var other = new ListenOptions(new IPEndPoint(IPAddress.Loopback, 0)) { State = "other" };
        Driver.Listen(other);
        Assert.NotEqual(Driver.EndPointOf(Driver.Listener), Driver.EndPointOf(other));
        for (int i = 0; i < 4; i++)
        {
            Assert.Same(Driver.Listener, Driver.ConnectAndAccept().Served.Listener);
            Assert.Same(other, Driver.ConnectAndAccept(other).Served.Listener);
        }
    }

    [Fact]
    public async Task After_listening_has_stopped_old_connections_stay_and_new_ones_are_refused()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        (TestPeer peer, _) = Driver.ConnectAndAccept();
        await Driver.Transport.StopListeningAsync();
        Assert.ThrowsAny<Exception>(() => Driver.Connect());
        peer.Send([1]);
        Assert.Equal([1], peer.Receive(1));
    }
}
