using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverDeflateMemoryTests
{
    private static readonly ReceiverPool s_receivers = new(ArrayPool<byte>.Shared);

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(65536)]
    public void Section_10_4_the_limit_holds_for_what_was_inflated(int limit)
    {
        var limits = new ReceiveLimits(limit, 4);
        byte[] noise = Wire.Bytes(limit);
        Receiving.ExpectInflatedEach(Deflated.Frame(Opcode.Binary, Deflated.Message(noise)), limits, Received.Binary(noise));
        Receiving.ExpectInflatedEach(
            Deflated.Frame(Opcode.Binary, Deflated.Message(new byte[limit])), limits, Received.Binary(new byte[limit]));
        Receiving.ExpectInflatedEach(
            Deflated.Frame(Opcode.Binary, Deflated.Bomb(limit + 1)), limits, Received.Failure(ProtocolError.MessageTooBig));

        // Longer than any message of the limit needs: refused by its header.
        byte[] header = Wire.Header(0xC2, limits.MaxCompressedBytes + 1);
        Receiving.ExpectInflatedEach(header, limits, Received.Failure(ProtocolError.MessageTooBig));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1000)]
    public void Section_10_4_a_bomb_is_refused_after_bounded_work(int limit)
    {
        var limits = new ReceiveLimits(limit, 4);
        var pool = new PoisoningPool(RentedLength.Exact);
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, pool: pool);
        byte[] bomb = Deflated.Bomb(50_000_000);
        if (bomb.Length > limits.MaxCompressedBytes) bomb = bomb[..(limits.MaxCompressedBytes - 1)];
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        Span<byte> input = Deflated.Frame(Opcode.Text, bomb);
        Assert.Equal(ReceiveStatus.Error, receiver.Read(ref input, limits, receivers, out _, inflater));
        Assert.Equal(ProtocolError.MessageTooBig, receiver.Error);
        Assert.Equal(1009, ProtocolErrors.Describe(receiver.Error).CloseCode);
        Assert.InRange(pool.LargestRent, 1, Math.Max(limit, bomb.Length) + 1);
        pool.VerifyAllReturned();
    }

    [Fact]
    public void A_plain_message_takes_the_fast_path_also_where_the_extension_was_agreed_on()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, pool: pool);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);

        // The long way gives the inflater's buffer back, the fast path does not look at the inflater.
        inflater.Inflate([0], new InflateLimits(10, 1), out _);
        Assert.Equal(1, pool.LentCount);
        byte[] wire = Wire.Text("plain");
        Span<byte> input = wire;
        Assert.Equal(ReceiveStatus.Text, receiver.Read(ref input, Receiving.Wide, receivers, out ReadOnlySpan<byte> payload, inflater));
        Assert.True(((ReadOnlySpan<byte>)wire).Overlaps(payload));
        Assert.Equal(1, pool.LentCount);
        Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, Receiving.Wide, receivers, out _, inflater));
        pool.VerifyAllReturned();
    }

    [Fact]
    public void It_is_not_idle_until_the_buffer_of_an_inflated_message_went_back()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, pool: pool);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        byte[] frame = Deflated.Frame(Opcode.Binary, Deflated.Bomb(1000));

        // Whole, then cut: the compressed bytes are given back with the message, the message with the next read.
        foreach (int cut in new[] { frame.Length, 8 })
        {
            byte[] memory = [.. frame];
            Span<byte> input = memory.AsSpan(0, cut);
            if (cut < frame.Length)
            {
                Assert.Equal(ReceiveStatus.NeedMoreData, receiver.Read(ref input, Receiving.Wide, receivers, out _, inflater));
                input = memory.AsSpan(cut);
            }

            Assert.Equal(
                ReceiveStatus.Binary, receiver.Read(ref input, Receiving.Wide, receivers, out ReadOnlySpan<byte> payload, inflater));
            Assert.Equal(new byte[1000], payload.ToArray());
            Assert.Equal(1, pool.LentCount);
            Assert.False(receiver.IsIdle);
            input = Wire.Text("plain");
            Assert.Equal(ReceiveStatus.Text, receiver.Read(ref input, Receiving.Wide, receivers, out _, inflater));
            pool.VerifyAllReturned();
            Assert.True(receiver.IsIdle);
        }
    }

    [Fact]
    public void A_shared_inflater_allocates_nothing_once_it_has_grown()
    {
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true);
        byte[] wire = Wire.Join([.. Enumerable.Range(0, 50).Select(static i =>
            Deflated.Frame(Opcode.Text, Deflated.Message(Wire.Utf8(new string('a', 100 * i)))))]);
        byte[] memory = new byte[wire.Length];
        ReadAll(wire, memory, inflater);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = ReadAll(wire, memory, inflater);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(50, count);
    }

    private static int ReadAll(byte[] wire, byte[] memory, MessageInflater inflater)
    {
        wire.CopyTo(memory, 0);
        var receiver = default(MessageReceiver);
        Span<byte> input = memory;
        int count = 0;
        while (receiver.Read(ref input, Receiving.Wide, s_receivers, out _, inflater) == ReceiveStatus.Text) count++;
        return count;
    }
}
