using WsAot.Memory;
using WsAot.Tests.Harness;
using WsAot.Transport.Buffers;

namespace WsAot.Tests.Memory;

public sealed class IdleServerTests : IDisposable
{
    private readonly TestServer _server = new(loops: 1, hasOwnPools: true);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_peers_made_it_hold_is_dropped_and_it_is_woken_no_more()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => _server.Open("/echo"))];
        foreach (TestClient client in clients)
        {
            client.Peer.WindowBytes = 0;
            for (int i = 0; i < 20; i++) client.SendRaw(Frame.Binary(new byte[60_000]));
        }

        Assert.All(clients, static client => client.Reset());
        Assert.All(Pools(), static pool => Assert.InRange(pool.KeptCount, 200, 2000));
        _server.Advance((2 * LoopMemory.IntervalMs) + 1);
        Assert.All(Pools(), static pool => Assert.Equal(0, pool.KeptCount));
        // The loop looks at the memory once more after the batch that has just been run.
        _server.Advance(_server.Transport.NextBatchMs);
        Assert.Equal(-1, _server.Transport.NextBatchMs);
    }

    [Fact]
    public void Buffers_that_come_back_last_of_all_in_a_batch_are_dropped_too()
    {
        TestClient client = _server.Open("/echo");
        // From another thread: it waits in the connection's queue until the batch ends, behind all that the loop asks its owner.
        Thread sender = new(() => _server.Server.GetConnections()[0].SendBinary(new byte[1000]));
        sender.Start();
        sender.Join();
        _server.Run();
        Assert.Equal(1000, client.Next().Payload.Length);
        Assert.Equal(1, Pools().Sum(static pool => pool.KeptCount));
        Assert.InRange(_server.Transport.NextBatchMs, 1, LoopMemory.IntervalMs);
        _server.Advance((2 * LoopMemory.IntervalMs) + 1);
        Assert.Equal(0, Pools().Sum(static pool => pool.KeptCount));
    }

    [Fact]
    public void A_look_at_the_memory_knows_how_many_connections_have_come_and_gone()
    {
        bool isMuch = false;
        using var server = new TestServer(
            build: builder => builder.ReadMemory = () => new MemoryReading(isMuch ? 20 * GarbageEstimate.DueBytes : 1));
        MemoryReclaimer memory = server.Server.Context.Memory;
        TestClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => server.Open("/echo"))];
        isMuch = true;
        server.Advance(LoopMemory.IntervalMs + 1);
        Assert.False(memory.IsDue);
        foreach (TestClient client in clients[..2]) client.Reset();
        // The first look sees two leave, the next ones that it was all, and that theirs are two of twenty parts.
        for (int i = 1; i <= 3; i++) memory.Look(i * 1_000_000);
        Assert.False(memory.IsDue);
        int before = GC.CollectionCount(2);
        memory.Look(4_000_000);
        Assert.True(GC.CollectionCount(2) > before);
    }

    private LoopBufferPool[] Pools() => [.. _server.Transport.Loops.Select(static loop => (LoopBufferPool)loop.Pool)];
}
