using WsAot.Memory;
using WsAot.Tests.Harness;
using WsAot.Transport.Buffers;

namespace WsAot.Tests.Memory;

public sealed class IdleServerTests : IDisposable
{
    private readonly TestServer _server = new(loops: 2, hasOwnPools: true);

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
        Assert.All(Pools(), static pool => Assert.InRange(pool.KeptCount, 100, 1000));
        _server.Advance((2 * LoopMemory.IntervalMs) + 1);
        Assert.All(Pools(), static pool => Assert.Equal(0, pool.KeptCount));
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

    [Theory]
    [InlineData(WsCompression.None, 0)]
    [InlineData(WsCompression.Shared, 0)]
    [InlineData(WsCompression.Dedicated, MemoryReclaimer.CompressionBytes)]
    public void A_connection_that_is_gone_is_counted_with_the_compressor_it_had(WsCompression compression, int more)
    {
        using var server = new TestServer(options => options.Compression = compression);
        TestClient client = server.Open("/echo", Hostile.Wire.Deflate);
        client.Say(new string('x', 1000));
        client.Reset();
        long left = MemoryReclaimer.DueBytes - MemoryReclaimer.ConnectionBytes - more;
        server.Server.Context.Memory.AddDropped(left - 1);
        Assert.False(server.Server.Context.Memory.IsDue);
        server.Server.Context.Memory.AddDropped(1);
        Assert.True(server.Server.Context.Memory.IsDue);
    }

    private LoopBufferPool[] Pools() => [.. _server.Transport.Loops.Select(static loop => (LoopBufferPool)loop.Pool)];
}
