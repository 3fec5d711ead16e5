namespace WsAot.Transport.Tests.Tls;

/// <summary>Many handshakes at a time: they share a portion of each batch, and so many places.</summary>
public class ManyHandshakesTests : TlsWorldTest
{
    [Fact]
    public void Those_who_speak_are_served_between_portions_of_handshakes()
    {
        // Each look at the clock takes half a millisecond: a batch has room for a few handshakes.
        var time = new TickingTime();
        using var world = CreateWorld(time: time);
        TlsWorldClient speaker = world.Connect();
        TlsWorldClient[] crowd = [.. Enumerable.Range(0, 200).Select(_ => world.Open())];
        foreach (TlsWorldClient one in crowd)
        {
            one.Client.Connect();
            one.Peer.Send(one.Client.Take());
        }

        int batches = 0;
        int answered = 0;
        while (crowd.Any(static one => one.Peer.Received.IsEmpty))
        {
            speaker.Client.Write([1]);
            speaker.Peer.Send(speaker.Client.Take());
            int flights = crowd.Count(static one => !one.Peer.Received.IsEmpty);
            world.Transport.RunBatch();
            Assert.InRange(crowd.Count(static one => !one.Peer.Received.IsEmpty) - flights, 0, 10);
            speaker.Client.Feed(speaker.Peer.Take());
            answered += speaker.Client.Read().Length;
            batches++;
        }

        Assert.Equal(batches, answered);
        Assert.InRange(batches, 20, 250);
        foreach (TlsWorldClient one in crowd)
        {
            one.Client.Feed(one.Peer.Take());
            one.Shake();
            Assert.Equal([7], one.Ask([7]));
        }
    }

    [Fact]
    public void Clients_beyond_the_places_wait_for_one_in_their_order()
    {
        using TlsWorld world = WithPlaces(2);
        TlsWorldClient[] clients = [.. Enumerable.Range(0, 5).Select(_ => Begin(world))];
        Assert.Equal([true, true, false, false, false], clients.Select(HasFlight));
        clients[1].Client.Feed(clients[1].Peer.Take());
        clients[1].Shake();
        Assert.Equal([2], clients[1].Ask([2]));
        Assert.Equal([true, true, false, false], ((TlsWorldClient[])[clients[0], .. clients[2..]]).Select(HasFlight));
        clients[0].Peer.Reset();
        world.Transport.RunUntilIdle();
        Assert.True(HasFlight(clients[3]));
        // Who gives up while it waits takes no place.
        clients[4].Peer.Reset();
        clients[2].Peer.Reset();
        world.Transport.RunUntilIdle();
        Assert.True(HasFlight(Begin(world)));
        Assert.Equal(1, clients[2].Closings);
    }

    [Fact]
    public void One_that_was_not_heard_for_long_gives_way()
    {
        using TlsWorld world = WithPlaces(2);
        TlsWorldClient first = Begin(world);
        world.Time.Advance(3500);
        TlsWorldClient second = Begin(world);
        world.Time.Advance(499);
        TlsWorldClient third = Begin(world);
        Assert.False(HasFlight(third));
        world.Time.Advance(1);
        TlsWorldClient fourth = Begin(world);
        Assert.Equal("the handshake took too long, and others waited for its place", first.Failure);
        Assert.True(first.Peer.IsClosed);
        Assert.Equal((null, true, false), (second.Failure, HasFlight(third), HasFlight(fourth)));
    }

    [Fact]
    public void Time_alone_makes_a_place()
    {
        using TlsWorld world = WithPlaces(1);
        TlsWorldClient first = Begin(world);
        TlsWorldClient second = Begin(world);
        world.Transport.RunBatch();
        Assert.InRange(world.Transport.NextBatchMs, 1, 250);
        world.Time.Advance(4000);
        world.Transport.RunUntilIdle();
        Assert.Equal((true, true), (first.Peer.IsClosed, HasFlight(second)));
        Assert.Equal(-1, world.Transport.NextBatchMs);
    }

    [Fact]
    public void One_that_was_heard_lately_hides_nobody_who_was_not()
    {
        using TlsWorld world = WithPlaces(2);
        TlsWorldClient first = Begin(world);
        TlsWorldClient second = Begin(world);
        world.Time.Advance(3500);
        first.Peer.Send([22]);
        world.Transport.RunUntilIdle();
        world.Time.Advance(600);
        TlsWorldClient third = Begin(world);
        Assert.Equal((false, true, true), (first.Peer.IsClosed, second.Peer.IsClosed, HasFlight(third)));
    }

    [Fact]
    public void Connections_without_a_word_take_no_place()
    {
        using TlsWorld world = WithPlaces(1);
        for (int i = 0; i < 10; i++) world.Open();
        Assert.Equal([1], world.Connect().Ask([1]));
    }

    private TlsWorld WithPlaces(int count) =>
        CreateWorld((_, files) => new TlsServerOptions { Certificates = [files], MaxHandshakesPerLoop = count });

    /// <summary>Sends the first flight.</summary>
    private static TlsWorldClient Begin(TlsWorld world)
    {
        TlsWorldClient client = world.Open();
        client.Client.Connect();
        client.Peer.Send(client.Client.Take());
        world.Transport.RunUntilIdle();
        return client;
    }

    private static bool HasFlight(TlsWorldClient client) => !client.Peer.Received.IsEmpty;

    private sealed class TickingTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => 2000;

        public override long GetTimestamp() => ++_ticks;
    }
}
