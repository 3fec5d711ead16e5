using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Connections;

/// <summary>Closed, aborted and reset connections: their end is reported once and last, and they keep no buffer.</summary>
public abstract class ClosingContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Theory]
    [InlineData("connected")]
    [InlineData("received")]
    [InlineData("shut")]
    [InlineData("progress")]
    [InlineData("posted")]
    public void Close_is_reported_once_and_last(string where)
    {
        static void End(TransportConnection connection)
        {
            connection.Close();
            connection.Close();
            connection.Abort();
            connection.PauseReading();
            connection.ResumeReading();
            connection.ShutdownOutput();
            Assert.True(connection.IsClosed);
            Assert.Equal(OutputStatus.Refused, connection.Write([1], [2]));
        }

        Driver.WhenConnected = served =>
        {
            if (where == "connected") End(served.Connection);
            if (where == "received") served.WhenReceived = static (connection, _) => End(connection);
            if (where == "shut") served.WhenPeerShut = End;
            if (where == "progress") served.WhenProgress = End;
            served.WhenClosed = End;
        };
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        if (where == "received") peer.Send([1, 2]);
        if (where == "shut") peer.Shutdown();
        if (where == "posted") Driver.OnLoop(served, End);
        if (where == "progress") Fill(served);
        peer.ReceiveEnd();
        Driver.Until(() => served.Closings == 1);
        Driver.OnLoop(served, static _ => { });
        Assert.Equal(1, served.Closings);
        Driver.Until(() => Pool.RentedCount == 0);
        Assert.Empty(Driver.Loops[0].Exceptions);
        Assert.Equal(0, served.Connection.Loop.ConnectionCount);
    }

    [Fact]
    public void Close_ends_an_idle_connection_in_order()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.Close());
        Assert.Equal(PeerEnd.Fin, peer.ReceiveEnd());
    }

    [Fact]
    public void Abort_sends_a_reset()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.Abort());
        Assert.Equal(PeerEnd.Reset, peer.ReceiveEnd());
        Assert.Equal(1, served.Closings);
    }

    [Fact]
    public void Close_with_pending_output_returns_its_buffers()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        Assert.True(Pool.RentedCount > 0);
        Driver.OnLoop(served, static connection => connection.Close());
        Driver.Until(() => Pool.RentedCount == 0);
    }

    [Fact]
    public void A_connection_that_another_closes_within_a_batch_gets_no_more_calls()
    {
        (TestPeer first, ServedConnection servedFirst) = Driver.ConnectAndAccept();
        (TestPeer second, ServedConnection servedSecond) = Driver.ConnectAndAccept();
        servedFirst.WhenReceived = (_, _) => servedSecond.Connection.Close();
        servedSecond.WhenReceived = (_, _) => servedFirst.Connection.Close();
        Driver.OnLoop(servedFirst, _ =>
        {
            // Both are ready when the loop looks next.
            first.Send([1]);
            second.Send([1]);
        });
        Driver.Until(() => servedFirst.Closings + servedSecond.Closings == 1);
        Driver.OnLoop(servedFirst, static _ => { });
        Assert.Equal(1, servedFirst.ReceivedCalls + servedSecond.ReceivedCalls);
    }

    [Fact]
    public void A_reset_ends_a_connection_whose_output_waits()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        peer.Reset();
        Driver.Until(() => served.Closings == 1);
        Driver.Until(() => Pool.RentedCount == 0);
    }

    [Fact]
    public void A_handler_that_resumes_reading_on_progress_learns_of_a_lost_peer()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.WhenProgress = static connection => connection.ResumeReading();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        Fill(served);
        peer.Reset();
        Driver.Until(() => served.Closings == 1);
    }

    [Fact]
    public void A_reset_during_a_pause_is_reported_once_before_the_bytes_that_came_first()
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        peer.Send([1, 2, 3]);
        peer.Reset();
        // Sockets learn of it only when they send.
        Driver.Until(() =>
        {
            if (served.PeerResets == 0) served.Connection.Loop.Post(_ => served.Connection.Write([1], default), null);
            return served.PeerResets > 0;
        });
        Driver.CountIdleBatches(served.Connection.Loop);
        Driver.OnLoop(served, static connection => connection.ResumeReading());
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(1, served.PeerResets);
        Assert.Equal(["reset", "received", "closed"], served.Events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_end_during_a_pause_neither_spins_nor_loses_data(bool isReset)
    {
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        Driver.OnLoop(served, static connection => connection.PauseReading());
        byte[] sent = Pattern(40_000);
        peer.Send(sent);
        if (isReset) peer.Reset();
        else peer.Shutdown();
        Assert.InRange(Driver.CountIdleBatches(served.Connection.Loop), 0, 6);
        Assert.Equal(0, served.ReceivedBytes);
        Assert.Equal(0, served.Closings);

        Driver.OnLoop(served, static connection => connection.ResumeReading());
        if (!isReset)
        {
            Driver.Until(() => served.PeerShutdowns == 1);
            Driver.OnLoop(served, static connection => connection.Close());
        }

        Driver.Until(() => served.Closings == 1);
        Assert.Equal(sent, served.Received);
    }
}
