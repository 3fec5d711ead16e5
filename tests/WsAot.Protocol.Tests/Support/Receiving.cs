using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Drives a receiver with the same bytes whole, byte by byte and split at random, and watches its buffers meanwhile.</summary>
internal static class Receiving
{
    public static readonly ReceiveLimits Wide = new(1 << 24, 1 << 20);

    public static void Expect(byte[] wire, params Received[] expected) => Expect(wire, Wide, expected);

    public static void Expect(byte[] wire, ReceiveLimits limits, params Received[] expected) => Expect(wire, limits, null, expected);

    /// <summary>On a connection with permessage-deflate and context takeover by the client.</summary>
    public static void ExpectInflated(byte[] wire, ReceiveLimits limits, params Received[] expected) =>
        Expect(wire, limits, static pool => new MessageInflater(15, noContextTakeover: false, pool), expected);

    /// <summary>The same, and with an inflater for all connections as well: for messages that are compressed each by itself.</summary>
    public static void ExpectInflatedEach(byte[] wire, ReceiveLimits limits, params Received[] expected)
    {
        ExpectInflated(wire, limits, expected);
        Expect(wire, limits, static _ => new MessageInflater(15, noContextTakeover: true, ArrayPool<byte>.Shared), expected);
    }

    private static void Expect(byte[] wire, ReceiveLimits limits, Func<ArrayPool<byte>, MessageInflater>? makeInflater, Received[] expected)
    {
        Assert.Equal(expected, Run(wire, limits, [wire.Length], makeInflater));
        Assert.Equal(expected, Run(wire, limits, [1], makeInflater));
        var random = new Random(7);
        for (int i = 0; i < 20; i++)
        {
            int largest = random.Next(1, wire.Length + 1);
            int[] sizes = [.. Enumerable.Range(0, 50).Select(_ => random.Next(1, largest + 1))];
            Assert.Equal(expected, Run(wire, limits, sizes, makeInflater));
        }
    }

    public static Received[] ReadWhole(byte[] wire, ReceiveLimits limits) => [.. Run(wire, limits, [wire.Length])];

    /// <summary>How many bytes of the wire the receiver needs, one at a time, to know that it is wrong.</summary>
    public static int CountUntilError(byte[] wire, ReceiveLimits limits, ProtocolError expected)
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        for (int i = 0; i < wire.Length; i++)
        {
            Span<byte> input = [wire[i]];
            if (receiver.Read(ref input, limits, receivers, out _) == ReceiveStatus.Error)
            {
                Assert.Equal(expected, receiver.Error);
                pool.VerifyAllReturned();
                return i + 1;
            }
        }

        Assert.Fail("no error");
        return -1;
    }

    private static List<Received> Run(
        byte[] wire, ReceiveLimits limits, int[] sizes, Func<ArrayPool<byte>, MessageInflater>? makeInflater = null)
    {
        // Arrays that are as long as asked for, and arrays that are longer: both occur.
        List<Received> events = Run(wire, limits, sizes, new PoisoningPool(RentedLength.PowerOfTwo), makeInflater);
        Assert.Equal(events, Run(wire, limits, sizes, new PoisoningPool(RentedLength.Exact), makeInflater));
        return events;
    }

    private static List<Received> Run(
        byte[] wire, ReceiveLimits limits, int[] sizes, PoisoningPool pool, Func<ArrayPool<byte>, MessageInflater>? makeInflater)
    {
        using MessageInflater? inflater = makeInflater?.Invoke(pool);
        var events = new List<Received>();
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        int at = 0;
        for (int i = 0; at < wire.Length && receiver.Error == ProtocolError.None; i++)
        {
            int size = Math.Min(sizes[i % sizes.Length], wire.Length - at);
            byte[] chunk = wire[at..(at + size)];
            at += size;
            Feed(ref receiver, chunk, at, limits, pool, receivers, inflater, events);
        }

        receiver.Release();
        receiver.Release();
        pool.VerifyAllReturned();
        return events;
    }

    private static void Feed(
        ref MessageReceiver receiver, byte[] chunk, int received, ReceiveLimits limits, PoisoningPool pool, ReceiverPool receivers,
        MessageInflater? inflater, List<Received> events)
    {
        Span<byte> input = chunk;
        while (true)
        {
            ReceiveStatus status = receiver.Read(ref input, limits, receivers, out ReadOnlySpan<byte> payload, inflater);
            Assert.True(receiver.Capacity <= Math.Max(4096, 2 * received), "the buffer is larger than what came allows");
            Assert.True(pool.LentCount <= 1, "more than one buffer is owned");
            if (receiver.IsIdle) Assert.Equal(0, pool.LentCount);
            if (status is ReceiveStatus.NeedMoreData or ReceiveStatus.Error)
            {
                Assert.True(input.IsEmpty);
                Assert.True(payload.IsEmpty);
                if (status == ReceiveStatus.Error) events.Add(Received.Failure(receiver.Error));
                return;
            }

            events.Add(Received.Of(status, payload));
        }
    }
}
