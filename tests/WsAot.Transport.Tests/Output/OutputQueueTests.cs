using System.Runtime.InteropServices;
using WsAot.Transport.Output;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Output;

public sealed class OutputQueueTests
{
    private readonly CountingPool _pool = new();

    [Fact]
    public void Small_pieces_share_a_chunk()
    {
        var queue = new OutputQueue(_pool);
        for (byte i = 0; i < 100; i++) queue.Append([i]);
        Assert.Equal(1, _pool.TotalRented);
        Assert.Equal(100, queue.PendingBytes);
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (byte)i), queue.First);
    }

    [Fact]
    public void A_shared_frame_is_neither_copied_nor_returned()
    {
        var queue = new OutputQueue(_pool);
        byte[] frame = [1, 2, 3];
        queue.AppendShared(frame);
        Assert.Same(frame, queue.First.Array);
        queue.Advance(1);
        Assert.Equal([2, 3], queue.First.ToArray());
        queue.Advance(2);
        Assert.True(queue.IsEmpty);
        Assert.Equal([1, 2, 3], frame);
        Assert.Equal(0, _pool.TotalRented);
        Assert.False(_pool.HasFailed);
    }

    [Fact]
    public void Small_shared_frames_share_a_chunk_with_what_is_around_them()
    {
        var queue = new OutputQueue(_pool);
        byte[] frame = [1, 2, 3];
        for (int i = 0; i < 500; i++)
        {
            queue.AppendShared(frame);
            queue.Append([4]);
        }

        // The chunks grow with what waits.
        Assert.Equal(3, _pool.TotalRented);
        Assert.Equal(2000, queue.PendingBytes);
        byte[] all = new byte[2000];
        Assert.Equal(2000, queue.CopyTo(all));
        Assert.Equal(Enumerable.Range(0, 2000).Select(static i => (byte)((i % 4) + 1)), all);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(1504)]
    [InlineData(2047)]
    public void What_many_wait_for_is_referred_to_behind_other_output_too(int frameBytes)
    {
        var queue = new OutputQueue(_pool);
        byte[] frame = new byte[frameBytes];
        // What the kernel did not take of the frame before.
        int takenBytes = queue.Append(new byte[512]);
        while (queue.PendingBytes < 1024 * 1024) takenBytes += queue.AppendShared(frame);
        Assert.Equal(1, _pool.TotalRented);
        Assert.InRange(takenBytes, 512, 512 + (2 * 16 * (queue.PendingBytes / frameBytes)));
    }

    [Theory]
    [InlineData(1, 127)]
    [InlineData(10, 128)]
    [InlineData(10, 700)]
    [InlineData(10, 1500)]
    [InlineData(600, 1500)]
    [InlineData(10, 5000)]
    public void What_stands_between_shared_frames_takes_no_chunk_that_is_nearly_empty(int smallBytes, int frameBytes)
    {
        var queue = new OutputQueue(_pool);
        int takenBytes = 0;
        while (queue.PendingBytes < 1024 * 1024)
        {
            takenBytes += queue.Append(new byte[smallBytes]);
            takenBytes += queue.AppendShared(new byte[frameBytes]);
        }

        Assert.InRange(takenBytes, 1, queue.PendingBytes + (64 * 1024));
    }

    [Fact]
    public void A_large_piece_has_a_chunk_of_its_own_and_no_larger_one_for_what_stands_before_it()
    {
        var queue = new OutputQueue(_pool);
        Assert.Equal(1010, queue.Append(new byte[10], followedBy: 1000));
        Assert.Equal(0, queue.Append(new byte[1000], followedBy: 1024 * 1024));
        Assert.Equal(64 * 1024, queue.Append(new byte[14], followedBy: 1024 * 1024));
        Assert.Equal((1024 * 1024) - (64 * 1024) + 14, queue.Append(new byte[1024 * 1024]));
    }

    [Fact]
    public void Appending_nothing_queues_nothing()
    {
        var queue = new OutputQueue(_pool);
        queue.Append([]);
        queue.AppendShared([]);
        Assert.True(queue.IsEmpty);
        Assert.Equal(0, queue.PendingBytes);
        Assert.Equal(0, queue.CopyTo(new byte[10]));
    }

    [Fact]
    public void Clear_returns_every_chunk()
    {
        var queue = new OutputQueue(_pool);
        for (int i = 0; i < 20; i++)
        {
            queue.Append(new byte[5000]);
            queue.AppendShared(new byte[10]);
        }

        queue.Advance(7777);
        Assert.True(_pool.RentedCount > 0);
        queue.Clear();
        Assert.Equal((0, 0, true), (_pool.RentedCount, queue.PendingBytes, queue.IsEmpty));
        queue.Append([9]);
        Assert.Equal([9], queue.First.ToArray());
        queue.Advance(1);
        Assert.Equal(0, _pool.RentedCount);
        Assert.False(_pool.HasFailed);
    }

    [Fact]
    public void Small_pieces_are_copied_together_and_large_ones_are_sent_from_where_they_lie()
    {
        var queue = new OutputQueue(_pool);
        var buffer = new SendBuffer(10_000);
        byte[] small = new byte[3000], large = new byte[20_000];
        queue.AppendShared(small);
        Assert.True(queue.IsNextAlone);
        queue.AppendShared(large);
        Assert.False(queue.IsNextAlone);
        Assert.True(queue.Gather(buffer) == buffer.Scratch);
        queue.Advance(small.Length);
        queue.AppendShared(small);
        Assert.True(queue.Gather(buffer) == large);
    }

    [Fact]
    public void Nothing_is_copied_into_the_buffer_of_a_connection_that_is_being_served()
    {
        var queue = new OutputQueue(_pool);
        var buffer = new SendBuffer(10_000);
        byte[] small = new byte[3000];
        queue.AppendShared(small);
        queue.AppendShared(new byte[20_000]);
        Assert.True(buffer.TryAppend([1], default));
        Assert.True(queue.Gather(buffer) == small);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public unsafe void What_the_kernel_did_not_take_of_several_slices_is_queued(int sentBytes)
    {
        var queue = new OutputQueue(_pool);
        byte[] bytes = [1, 2, 3, 4, 5, 6];
        fixed (byte* start = bytes)
        {
            queue.AppendUnsent([new OutputSlice(start, 3), new OutputSlice(start + 3, 0), new OutputSlice(start + 3, 3)], sentBytes);
        }

        Assert.Equal(6 - sentBytes, queue.PendingBytes);
        byte[] queued = new byte[6 - sentBytes];
        queue.CopyTo(queued);
        Assert.Equal(bytes[sentBytes..], queued);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_does_what_a_naive_queue_does(int seed)
    {
        var random = new Random(seed);
        var queue = new OutputQueue(_pool);
        var naive = new List<byte>();
        byte next = 0;
        byte[] Bytes(int length)
        {
            var bytes = new byte[length];
            for (int i = 0; i < length; i++) naive.Add(bytes[i] = next++);
            return bytes;
        }

        for (int step = 0; step < 20_000; step++)
        {
            switch (random.Next(8))
            {
                case 0 or 1:
                    queue.Append(Bytes(random.Next(random.Next(10) == 0 ? 10_000 : 20)));
                    break;
                case 2:
                    queue.AppendShared(Bytes(random.Next(random.Next(10) == 0 ? 3000 : 300)));
                    break;
                case 3 when random.Next(500) == 0:
                    queue.Clear();
                    naive.Clear();
                    break;
                case 4:
                    var copy = new byte[random.Next(5000)];
                    int copied = queue.CopyTo(copy);
                    Assert.Equal(Math.Min(copy.Length, naive.Count), copied);
                    Assert.True(CollectionsMarshal.AsSpan(naive).StartsWith(copy.AsSpan(0, copied)));
                    break;
                default:
                    int sent = random.Next(1 + Math.Min(naive.Count, random.Next(4) == 0 ? 6000 : 30));
                    queue.Advance(sent);
                    naive.RemoveRange(0, sent);
                    break;
            }

            Assert.Equal(naive.Count, queue.PendingBytes);
            Assert.Equal(naive.Count == 0, queue.IsEmpty);
            if (queue.IsEmpty)
            {
                Assert.Equal(0, _pool.RentedCount);
                continue;
            }

            ArraySegment<byte> first = queue.First;
            Assert.InRange(first.Count, 1, naive.Count);
            Assert.True(CollectionsMarshal.AsSpan(naive).StartsWith(first));
        }

        Assert.False(_pool.HasFailed);
    }
}
