using System.Buffers;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverBufferTests
{
    private static readonly ReceiverPool s_receivers = new(ArrayPool<byte>.Shared);

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(70000)]
    public void A_whole_message_is_a_slice_of_the_input_and_rents_nothing(int length)
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        byte[] wire = Wire.Binary(Wire.Bytes(length));
        Span<byte> input = wire;
        Assert.Equal(ReceiveStatus.Binary, receiver.Read(ref input, Receiving.Wide, receivers, out ReadOnlySpan<byte> payload));
        Assert.True(((ReadOnlySpan<byte>)wire).Overlaps(payload));
        Assert.Equal(0, pool.RentCalls);
        Assert.True(receiver.IsIdle);
    }

    [Fact]
    public void A_header_alone_rents_nothing_and_its_payload_is_a_slice_of_the_next_input()
    {
        byte[] wire = Wire.Binary(Wire.Bytes(70000));
        for (int cut = 1; cut <= FrameHeaderReader.MaxLength; cut++)
        {
            var pool = new PoisoningPool(RentedLength.PowerOfTwo);
            var receiver = default(MessageReceiver);
            var receivers = new ReceiverPool(pool);
            Span<byte> input = wire.AsSpan(0, cut);
            Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, Receiving.Wide, receivers, out _));
            Assert.False(receiver.IsIdle);
            byte[] rest = wire[cut..];
            input = rest;
            Assert.Equal(ReceiveStatus.Binary, receiver.Read(ref input, Receiving.Wide, receivers, out ReadOnlySpan<byte> payload));
            Assert.True(((ReadOnlySpan<byte>)rest).Overlaps(payload));
            Assert.Equal(0, pool.RentCalls);
            Assert.True(receiver.IsIdle);
        }
    }

    [Fact]
    public void A_declared_length_allocates_nothing_and_capacity_follows_what_came()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        var limits = new ReceiveLimits(1 << 30, 1);
        Span<byte> input = Wire.Header(0x82, 1 << 30);
        Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, limits, receivers, out _));
        Assert.Equal(0, pool.RentCalls);
        byte[] one = [0];
        for (int received = 1; received < 100_000; received++)
        {
            input = one;
            Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, limits, receivers, out _));
            Assert.InRange(receiver.Capacity, received, Math.Max(4096, 2 * received));
        }

        // Doubling: from 512 to 131,072 is eight times.
        Assert.InRange(pool.RentCalls, 1, 10);
        receiver.Release();
        pool.VerifyAllReturned();
        Assert.True(receiver.IsIdle);
    }

    [Fact]
    public void The_buffer_of_a_delivered_message_goes_back_at_the_next_read()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        byte[] wire = Wire.Text("hello");
        Span<byte> input = wire.AsSpan(0, 8);
        Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, Receiving.Wide, receivers, out _));
        input = wire.AsSpan(8);
        Assert.Equal(ReceiveStatus.Text, receiver.Read(ref input, Receiving.Wide, receivers, out ReadOnlySpan<byte> payload));
        Assert.Equal("hello"u8, payload);
        Assert.Equal(1, pool.LentCount);
        Assert.False(receiver.IsIdle);
        Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, Receiving.Wide, receivers, out _));
        pool.VerifyAllReturned();
        Assert.True(receiver.IsIdle);
    }

    [Fact]
    public void The_buffer_goes_back_with_an_error()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        Span<byte> input = Wire.Join(Wire.Text("hello", fin: false), [0x70]);
        Assert.Equal(ReceiveStatus.Error, receiver.Read(ref input, Receiving.Wide, receivers, out _));
        Assert.Equal(1, pool.RentCalls);
        pool.VerifyAllReturned();
    }

    [Theory]
    [InlineData(0x81, 64)]
    [InlineData(0x82, 64)]
    [InlineData(0x82, 10000)]
    [InlineData(0x89, 125)]
    public void A_whole_frame_allocates_nothing(int first, int length)
    {
        byte[] frame = Wire.Raw(first, new byte[length]);
        byte[] wire = Wire.Join([.. Enumerable.Repeat(frame, 100)]);
        byte[] input = new byte[wire.Length];
        ReadAll(wire, input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = ReadAll(wire, input);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(100, count);
    }

    private static int ReadAll(byte[] wire, byte[] memory)
    {
        wire.CopyTo(memory, 0);
        var receiver = default(MessageReceiver);
        Span<byte> input = memory;
        int count = 0;
        while (receiver.Read(ref input, Receiving.Wide, s_receivers, out _) != ReceiveStatus.NeedMoreData) count++;
        return count;
    }
}
