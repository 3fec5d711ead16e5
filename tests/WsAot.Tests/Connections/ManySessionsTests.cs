using WsAot.Connections;
using WsAot.Loops;
using WsAot.Tests.Handlers;
using WsAot.Tests.Harness;
using WsAot.Timers;
using WsAot.Topics;
using WsAot.Transport.Buffers;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Connections;

/// <summary>
/// What a hundred thousand sessions on one loop cost: counted, not timed. docs/explanation/performance.md extrapolates from here to a
/// million.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ManySessionsTests : IDisposable
{
    private readonly Crowd _crowd = new();

    private TestServer Server => _crowd.Server;

    public void Dispose() => _crowd.Dispose();

    [Fact]
    public void A_session_takes_so_many_bytes_with_two_topics()
    {
        // The least of three crowds: what a test that ran before left behind, a timer or a pool, may go while this one counts.
        double least = BytesOfEach(_crowd);
        for (int more = 0; more < 2 && least > 600; more++)
        {
            using Crowd another = new();
            least = Math.Min(least, BytesOfEach(another));
        }

        Assert.InRange(least, 530, 600);
    }

    /// <summary>What goes when all of them have ended, without what the peers hold, which are still there.</summary>
    private static double BytesOfEach(Crowd crowd)
    {
        long open = LiveBytes();
        foreach (InMemoryPeer peer in crowd.Peers) peer.Reset();
        crowd.Server.Run();
        Assert.Equal(0, crowd.Server.Server.ConnectionCount);
        return (open - LiveBytes()) / (double)Crowd.Count;
    }

    // GC.GetTotalMemory with a full collection is content with a figure that is 5 % off: 80 bytes for each session here.
    private static long LiveBytes()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }

    [Fact]
    public void A_batch_with_nothing_due_looks_at_no_session()
    {
        LetAllShowLife(20_000);
        Session[] sessions = _crowd.Sessions();
        // By what it says of itself each is long due: whoever is looked at is called, and sets itself another deadline.
        foreach (Session session in sessions) session.DueMs = uint.MaxValue;
        Server.AdvanceTo(TestServer.AtTick(25_000) - 1);
        TestClient other = Server.Open("/echo");
        other.Say("in between");
        Assert.Equal("in between", other.NextText());
        Assert.Equal(Crowd.Count, sessions.Count(static session => session.DueMs == uint.MaxValue));
        AdvanceTimers(TestServer.AtTick(25_000));
        Assert.Equal(0, sessions.Count(static session => session.DueMs == uint.MaxValue));
    }

    [Fact]
    public void Pings_that_are_due_together_go_out_in_portions_between_which_others_are_served()
    {
        TestClient other = Server.Open("/echo");
        byte[] message = Frame.Text("in between");
        Server.Time.Advance(TestServer.AtTick(25_000) - TimerWheel.TickMs);
        other.Say("not idle");
        Assert.Equal("not idle", other.NextText());
        MeasuredLoop batchEnds = _crowd.MeasureBatchEnds();
        Server.Time.Advance(TimerWheel.TickMs);
        for (int batches = 1; batches <= 20; batches++)
        {
            other.Peer.Send(message);
            Server.Transport.RunBatch();
            Assert.Equal("in between", other.NextText());
            Assert.Equal(0, Server.Transport.NextBatchMs);
            // The other one is looked at too.
            Assert.InRange(CountPinged(), (batches * TimerWheel.MaxPerCall) - 1, batches * TimerWheel.MaxPerCall);
        }

        // The queues and chunks that the first portion went through served the others too.
        const int QueueAndChunkBytes = 800;
        Assert.InRange(batchEnds.AllocatedBytes, 1, TimerWheel.MaxPerCall * QueueAndChunkBytes);
    }

    [Fact]
    public void A_round_of_deadlines_at_which_nothing_is_due_allocates_nothing()
    {
        // The least of three rounds: when the runtime compiles a method better meanwhile, it may make something for itself, once.
        long least = long.MaxValue;
        for (int lifeMs = 20_000; lifeMs <= 60_000; lifeMs += 20_000)
        {
            LetAllShowLife(lifeMs);
            // All deadlines come, and find that a sign of life has come since: each is set anew, for when it is 25 s old.
            long nowMs = TestServer.AtTick(lifeMs + 5000);
            least = Math.Min(least, AdvanceTimers(nowMs));
            Assert.Equal(Crowd.Count, _crowd.Sessions().Count(session => session.DueMs == lifeMs + 25_000));
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_end_of_one_moves_one_other_in_each_list_that_it_was_in()
    {
        Session[] sessions = _crowd.Sessions();
        Subscription[] subscriptions = [.. _crowd.Subscriptions(Hall.Everybody)];
        const int Gone = 4711;
        _crowd.Peers[Gone].Reset();
        Server.Run();

        Assert.Equal([Gone], Moved(sessions, _crowd.Sessions()));
        Assert.Equal([Gone], Moved(subscriptions, [.. _crowd.Subscriptions(Hall.Everybody)]));
        Assert.Same(subscriptions[^1], _crowd.Subscriptions(Hall.Everybody)[Gone]);
        Assert.Equal(Gone, subscriptions[^1].Index);
        Assert.Equal(99, _crowd.Subscriptions((Gone / 100).ToString()).Count);
    }

    [Fact]
    public void What_is_published_to_all_takes_a_bounded_part_of_memory_at_a_time()
    {
        Server.Server.Publish(Hall.Everybody, "one");
        Server.Server.Publish(Hall.Everybody, "two");
        Server.Run();
        byte[] both = [0x81, 3, .. "one"u8, 0x81, 3, .. "two"u8];
        Assert.All(_crowd.Peers, peer => Assert.True(peer.Received.SequenceEqual(both)));
        AssertChunksWereFew();
    }

    [Fact]
    public void The_close_frames_of_a_drain_take_a_bounded_part_of_memory_at_a_time()
    {
        Server.Server.Options.DrainIntervalMs = 0;
        _ = Server.Server.StopAsync();
        Server.Run();
        Assert.All(_crowd.Peers, static peer => Assert.Equal(0x88, peer.Received[0]));
        AssertChunksWereFew();
        foreach (InMemoryPeer peer in _crowd.Peers) peer.Reset();
        Server.Run();
    }

    [Fact]
    public void A_drain_closes_them_in_portions_between_which_others_are_served()
    {
        const int Portion = 4001;           // 25 portions fit into half of the drain timeout
        const int MostInTurn = TurnCosts.Turn / TurnCosts.Close;
        byte[] closed = [0x88, 24, 0x03, 0xe9, .. "the server is stopping"u8];
        Server.Server.Lifetime.NextJitter = static () => 0.5;
        TestClient other = Server.Open("/echo");
        byte[] message = Frame.Text("in between");
        _ = Server.Server.StopAsync();
        int sum = 0;
        int batches = 0;
        while (sum < Portion)
        {
            other.Peer.Send(message);
            Server.Transport.RunBatch();
            Assert.Equal("in between", other.NextText());
            int now = CountReceived(closed);
            Assert.InRange(now - sum, 1, MostInTurn);
            sum = now;
            batches++;
        }

        Assert.Equal(Portion, sum);
        Assert.Equal((Portion + MostInTurn - 1) / MostInTurn, batches);
        for (int portions = 2; portions <= 24; portions++)
        {
            Server.Advance(200);
            Assert.Equal(portions * Portion, CountReceived(closed));
        }

        other.Say("the last one");
        Assert.Equal("the last one", other.NextText());
        Server.Advance(200);
        Assert.Equal(Crowd.Count, CountReceived(closed));
        other.ExpectClose(1001);
        foreach (InMemoryPeer peer in _crowd.Peers) peer.Reset();
        other.Reset();
    }

    /// <summary>The pool keeps what was in use at the same time: of the smallest chunks 16 MiB at most.</summary>
    private void AssertChunksWereFew() => Assert.InRange(((LoopBufferPool)_crowd.Loop.State.Pool).KeptCount, 0, 16 * 1024 * 1024 / 512);

    private void LetAllShowLife(int nowMs)
    {
        byte[] sign = Frame.Pong("");
        Server.Time.Advance(nowMs - Server.Time.NowMs);
        foreach (InMemoryPeer peer in _crowd.Peers) peer.Send(sign);
        Server.Run();
    }

    private int CountReceived(byte[] frame) => _crowd.Peers.Count(peer => peer.Received.SequenceEqual(frame));

    private int CountPinged() => _crowd.Peers.Count(static peer => peer.Received.SequenceEqual((ReadOnlySpan<byte>)[0x89, 0]));

    /// <summary>Has the wheel alone do what is due, without the batches between which it does it portion by portion.</summary>
    /// <returns>What that allocated.</returns>
    private long AdvanceTimers(long nowMs)
    {
        long allocated = -1;
        Server.Transport.Loops[0].Post(
            _ =>
            {
                TimerWheel timers = _crowd.Loop.State.Timers;
                long before = GC.GetAllocatedBytesForCurrentThread();
                do timers.Advance(nowMs);
                while (timers.NextInMs(nowMs) == 0);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            },
            null);
        Server.Transport.RunBatch();
        return allocated;
    }

    /// <summary>The places where something else stands than before; the last place is gone.</summary>
    private static int[] Moved<T>(T[] before, T[] after)
        where T : class
    {
        Assert.Equal(before.Length - 1, after.Length);
        return [.. Enumerable.Range(0, after.Length).Where(i => !ReferenceEquals(before[i], after[i]))];
    }
}
