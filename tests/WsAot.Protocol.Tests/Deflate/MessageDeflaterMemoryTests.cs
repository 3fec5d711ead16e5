using System.Buffers;
using System.Runtime.CompilerServices;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Tests.Support;
using static WsAot.Protocol.Tests.Support.Inflating;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class MessageDeflaterMemoryTests
{
    [Fact]
    public void A_dedicated_one_keeps_no_buffer_and_a_shared_one_keeps_a_small_one()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        using (MessageDeflater dedicated = Deflated.Deflater(noContextTakeover: false, pool: pool))
        {
            _ = dedicated.Deflate("Hello"u8);
            Assert.Equal(1, pool.LentCount);
            dedicated.Trim();
            pool.VerifyAllReturned();
            _ = dedicated.Deflate(Wire.Bytes(100_000));
            Assert.Equal(1, pool.LentCount);
        }

        pool.VerifyAllReturned();
        using (MessageDeflater shared = Deflated.Deflater(noContextTakeover: true, pool: pool))
        {
            _ = shared.Deflate(Wire.Bytes(60_000));
            shared.Trim();
            Assert.Equal(1, pool.LentCount);
            _ = shared.Deflate(Wire.Bytes(70_000));
            shared.Trim();
            pool.VerifyAllReturned();
            _ = shared.Deflate("Hello"u8);
        }

        pool.VerifyAllReturned();
    }

    [Fact]
    public void Shared_ones_allocate_nothing_once_they_have_grown()
    {
        using MessageDeflater deflater = Deflated.Deflater(noContextTakeover: true);
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true);
        byte[][] messages = [.. Enumerable.Range(0, 50).Select(static i => Deflated.Structured(i * 400, i))];
        Run(deflater, inflater, messages);
        Run(deflater, inflater, messages);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int bytes = Run(deflater, inflater, messages);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(messages.Sum(static message => message.Length), bytes);
    }

    [Fact]
    public void Native_memory_comes_back_by_dispose_and_by_the_finalizer()
    {
        // 100 compressors hold some 30 MB, and 100 decompressors some 4: a leak would be ten times that and more.
        Abandon(100);
        Collect();
        long before = Environment.WorkingSet;
        for (int round = 0; round < 10; round++)
        {
            Abandon(100);
            Collect();
            for (int i = 0; i < 100; i++)
            {
                using MessageDeflater deflater = Deflated.Deflater(noContextTakeover: false);
                using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true);
                Run(deflater, inflater, [[1, 2, 3]]);
                _ = inflater.Inflate([7], Wide, out _);
            }
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100_000_000);
    }

    [Fact]
    public void The_finalizer_leaves_the_buffer_to_the_collector_since_someone_may_read_it()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        Abandon(1, pool);
        Collect();
        Assert.Equal(2, pool.LentCount);
    }

    [Fact]
    public void It_can_be_disposed_twice_and_then_deflates_no_more()
    {
        MessageDeflater deflater = Deflated.Deflater(noContextTakeover: false);
        deflater.Dispose();
        deflater.Dispose();
        deflater.Trim();
        Assert.Throws<ObjectDisposedException>(() => deflater.Deflate([1]).Length);
    }

    private static int Run(MessageDeflater deflater, MessageInflater inflater, byte[][] messages)
    {
        int bytes = 0;
        foreach (byte[] message in messages)
        {
            if (inflater.Inflate(deflater.Deflate(message), Wide, out ReadOnlySpan<byte> back) == ProtocolError.None)
            {
                bytes += back.Length;
            }

            deflater.Trim();
            inflater.Trim();
        }

        return bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(int count, ArrayPool<byte>? pool = null)
    {
        for (int i = 0; i < count; i++)
        {
            MessageDeflater deflater = Deflated.Deflater(noContextTakeover: false, pool: pool);
            MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, pool: pool);
            Assert.Equal(ProtocolError.None, inflater.Inflate(deflater.Deflate("Hello"u8), Wide, out _));
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
