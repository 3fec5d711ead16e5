using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Loops;

/// <summary>Exceptions that handlers and posted calls throw: a loop survives them.</summary>
public abstract class ExceptionsContract(Func<TransportOptions, TransportDriver> createDriver) : ContractTest(createDriver)
{
    [Theory]
    [InlineData("connected")]
    [InlineData("received")]
    [InlineData("shut")]
    [InlineData("progress")]
    [InlineData("closed")]
    public void An_exception_in_a_callback_closes_only_its_connection(string where)
    {
        void Fail() => throw new InvalidOperationException("on purpose");

        (TestPeer bystander, ServedConnection servedBystander) = Driver.ConnectAndAccept();
        servedBystander.WhenReceived = Echo;
        Driver.WhenConnected = served =>
        {
            if (where == "connected") Fail();
            if (where == "received") served.WhenReceived = (_, _) => Fail();
            if (where == "shut") served.WhenPeerShut = _ => Fail();
            if (where == "progress") served.WhenProgress = _ => Fail();
            if (where == "closed") served.WhenClosed = _ => Fail();
        };
        TestPeer peer = Driver.Connect();
        if (where != "connected") Driver.Until(() => Driver.Served.Count == 2);
        if (where is "received") peer.Send([1]);
        if (where is "shut") peer.Shutdown();
        if (where == "closed") Driver.OnLoop(Driver.Served[1], static connection => connection.Close());
        if (where == "progress") Fill(Driver.Served[1]);
        Assert.Equal(where == "closed" ? PeerEnd.Fin : PeerEnd.Reset, peer.ReceiveEnd());
        Driver.Until(() => Driver.Loops[0].Exceptions.Count == 1);
        bystander.Send([1, 2, 3]);
        Assert.Equal([1, 2, 3], bystander.Receive(3));
        Driver.OnLoop(servedBystander, static _ => { });
        Assert.Equal("on purpose", Assert.Single(Driver.Loops[0].Exceptions).Message);
        Assert.Equal(1, servedBystander.Connection.Loop.ConnectionCount);
        if (where == "closed") Driver.Served.RemoveAt(1);
    }

    [Fact]
    public void An_exception_in_a_posted_call_closes_no_connection()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        (TestPeer peer, ServedConnection served) = Driver.ConnectAndAccept();
        served.Connection.Loop.Post(static _ => throw new InvalidOperationException("on purpose"), null);
        Driver.Until(() => Driver.Loops[0].Exceptions.Count == 1);
        peer.Send([1]);
        Assert.Equal([1], peer.Receive(1));
    }

    [Fact]
    public void An_exception_at_the_end_of_a_batch_does_not_spin()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        ServedLoop loop = Driver.Loops[0];
        int failures = 0;
        Driver.OnLoop(served, _ => loop.WhenBatchEnds = () =>
        {
            failures++;
            throw new InvalidOperationException("on purpose");
        });
        Driver.OnLoop(served, _ => loop.WhenBatchEnds = null);
        Assert.InRange(failures, 1, 6);
    }
}
