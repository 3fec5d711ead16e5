using System.Buffers;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class ReceiverPoolTests
{
    private readonly ReceiverPool _pool = new(ArrayPool<byte>.Shared);

    [Fact]
    public void Messages_in_pieces_allocate_nothing_once_as_many_were_under_way_at_the_same_time()
    {
        var receivers = new MessageReceiver[100];
        ReadInPieces(receivers);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++) ReadInPieces(receivers);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Receivers_that_end_within_a_message_leave_nothing_of_it_to_the_next()
    {
        byte[] cut = Wire.Text("one", fin: false);
        for (int i = 0; i < 3; i++)
        {
            var receiver = default(MessageReceiver);
            Assert.Equal(ReceiveStatus.NeedMoreData, Read(ref receiver, [.. cut]));
            if (i > 0) receiver.Stop();
            receiver.Release();
            var next = default(MessageReceiver);
            Assert.Equal(ReceiveStatus.NeedMoreData, Read(ref next, [0x81]));
            Assert.Equal(ReceiveStatus.Text, Read(ref next, Wire.Text("two")[1..]));
            Assert.False(next.IsInMessage);
        }
    }

    [Fact]
    public void Many_more_than_are_kept_are_read_all_the_same()
    {
        var receivers = new MessageReceiver[1000];
        for (int i = 0; i < 2; i++) ReadInPieces(receivers);
        Assert.All(receivers, static receiver => Assert.True(receiver.IsIdle));
    }

    private void ReadInPieces(MessageReceiver[] receivers)
    {
        Span<byte> frame = stackalloc byte[6];
        int wrong = 0;
        for (int i = 0; i < receivers.Length; i++)
        {
            frame[0] = 0x82;
            Span<byte> input = frame[..1];
            if (receivers[i].Read(ref input, Receiving.Wide, _pool, out _) != ReceiveStatus.NeedMoreData) wrong++;
        }

        for (int i = 0; i < receivers.Length; i++)
        {
            frame[1] = 0x80;
            Span<byte> input = frame[1..];
            if (receivers[i].Read(ref input, Receiving.Wide, _pool, out _) != ReceiveStatus.Binary) wrong++;
        }

        if (wrong > 0) Assert.Fail($"{wrong} read something else");
    }

    private ReceiveStatus Read(ref MessageReceiver receiver, byte[] wire)
    {
        Span<byte> input = wire;
        return receiver.Read(ref input, Receiving.Wide, _pool, out _);
    }
}
