using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Loops;

/// <summary>Turns that connections request.</summary>
public abstract class TurnsContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public void A_connection_that_always_requests_a_turn_has_one_in_each_batch_and_the_others_have_theirs()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        (TestPeer other, ServedConnection otherServed) = Driver.ConnectAndAccept();
        ServedLoop loop = Driver.Loops[0];
        var batches = new List<int>();
        otherServed.WhenReceived = Echo;
        served.WhenReceived = static (connection, _) =>
        {
            connection.RequestTurn();
            connection.RequestTurn();
        };
        served.WhenTurn = connection =>
        {
            lock (Driver.Gate) batches.Add(loop.Batches);
            if (served.Turns < 50) connection.RequestTurn();
        };
        peer.Send([1]);
        other.Send([2]);
        Assert.Equal([2], other.Receive(1));
        // Under the gate: the turn is counted before its callback has run.
        Driver.Until(() => batches.Count == 50);
        Assert.Equal(Enumerable.Range(batches[0], 50), batches);
        Assert.InRange(Driver.CountIdleBatches(loop.Loop), 0, 5);
    }

    [Fact]
    public void What_is_written_in_a_turn_leaves_in_one_send()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenTurn = static connection =>
        {
            for (byte i = 0; i < 200; i++) connection.Write([i], default);
            connection.ShutdownOutput();
        };
        Driver.OnLoop(served, static connection => connection.RequestTurn());
        Assert.Equal(200, peer.ReceiveOnce().Length);
        Assert.Equal(0, Pool.TotalRented);
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
    }

    [Fact]
    public void A_closed_connection_has_no_turn()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection =>
        {
            connection.RequestTurn();
            connection.Close();
            connection.RequestTurn();
        });
        Driver.Until(() => served.Closings == 1);
        Driver.CountIdleBatches(served.Connection.Loop);
        Assert.Equal(0, served.Turns);
    }

    [Fact]
    public void A_turn_that_throws_aborts_its_connection()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        (TestPeer other, ServedConnection otherServed) = Driver.ConnectAndAccept();
        served.WhenTurn = static _ => throw new InvalidOperationException("on purpose");
        otherServed.WhenTurn = static connection => connection.Write([1], default);
        Driver.OnLoop(served, connection =>
        {
            connection.RequestTurn();
            otherServed.Connection.RequestTurn();
        });
        Driver.Until(() => served.Closings == 1);
        Assert.Equal([1], other.Receive(1));
        Assert.Equal("on purpose", Assert.Single(Driver.Loops[0].Exceptions).Message);
    }
}
