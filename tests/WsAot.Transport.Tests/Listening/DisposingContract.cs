using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Listening;

/// <summary>Ending a transport.</summary>
public abstract class DisposingContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Fact]
    public async Task Dispose_closes_all_and_runs_what_they_post_then()
    {
        UseLoops(2);
        int goodbyes = 0;
        Driver.WhenConnected = served => served.WhenClosed = connection =>
            connection.Loop.Post(_ => Interlocked.Increment(ref goodbyes), null);
        (TestPeer Peer, ServedConnection Served)[] all = [.. Enumerable.Range(0, 6).Select(_ => Driver.ConnectAndAccept())];
        Driver.OnLoop(all[0].Served, static connection => connection.PauseReading());
        all[0].Peer.Send([1]);
        int endedAfterAll = 0;
        foreach (ServedLoop loop in Driver.Loops)
        {
            loop.WhenEnded = () => endedAfterAll += loop.Loop.IsCurrent && loop.Loop.ConnectionCount == 0 ? 1 : 100;
        }

        await Driver.Transport.DisposeAsync();
        Assert.All(all, static one => Assert.Equal(1, one.Served.Closings));
        Assert.Equal(6, goodbyes);
        Assert.Equal(2, endedAfterAll);
        Assert.All(Driver.Loops, static loop => Assert.Equal(0, loop.Loop.ConnectionCount));
        // A loop that has ended does not run calls.
        Driver.Loops[0].Loop.Post(static _ => throw new InvalidOperationException(), null);
        Driver.Transport.Dispose();
    }

    [Fact]
    public void Dispose_finds_a_connection_whose_peer_hung_up_during_a_pause()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        peer.Send([1]);
        peer.Reset();
        Driver.CountIdleBatches(served.Connection.Loop);
        Driver.Transport.Dispose();
        Assert.Equal(1, served.Closings);
    }

    [Fact]
    public void A_loop_cannot_dispose_its_transport()
    {
        Exception? ofDispose = null, ofDisposeAsync = null;
        Driver.OnLoop(Driver.Loops[0].Loop, () =>
        {
            ofDispose = Record.Exception(Driver.Transport.Dispose);
            // It throws before there is a task.
            ofDisposeAsync = Record.Exception(() =>
            {
                Task unused = Driver.Transport.DisposeAsync().AsTask();
            });
        });
        Assert.IsType<InvalidOperationException>(ofDispose);
        Assert.IsType<InvalidOperationException>(ofDisposeAsync);
    }
}
