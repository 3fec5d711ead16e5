using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;
using WsAot.TestKit.Deflate;
using static WsAot.Protocol.Tests.Support.Inflating;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class MessageDeflaterTests
{
    public static TheoryData<int> WindowBits => [8, 9, 10, 11, 12, 13, 14, 15];

    [Fact]
    public void Section_7_2_3_6_an_empty_message_is_one_byte()
    {
        foreach (bool isShared in new[] { false, true })
        {
            using MessageDeflater deflater = Deflated.Deflater(isShared);
            Assert.Equal([0], deflater.Deflate([]).ToArray());
            byte[] hello = deflater.Deflate("Hello"u8).ToArray();
            Assert.Equal([0], deflater.Deflate([]).ToArray());
            byte[] again = deflater.Deflate("Hello"u8).ToArray();
            Assert.Equal("HelloHello"u8, PlatformDeflate.Inflate(hello, [0], again));
        }
    }

    [Fact]
    public void The_platform_inflates_messages_of_every_length_up_to_2000()
    {
        foreach (RentedLength length in Enum.GetValues<RentedLength>())
        {
            var pool = new PoisoningPool(length);
            using MessageDeflater shared = Deflated.Deflater(noContextTakeover: true, pool: pool);
            using MessageDeflater dedicated = Deflated.Deflater(noContextTakeover: false, pool: pool);
            var taken = new List<byte[]>();
            byte[][] messages =
                [.. Enumerable.Range(0, 2001).Select(static i => i % 2 == 0 ? Wire.Bytes(i, i) : Deflated.Structured(i, i))];
            foreach (byte[] message in messages)
            {
                Assert.Equal(message, PlatformDeflate.Inflate(shared.Deflate(message).ToArray()));
                taken.Add(dedicated.Deflate(message).ToArray());
                shared.Trim();
                dedicated.Trim();
            }

            Assert.True(PlatformDeflate.Inflate([.. taken]).AsSpan().SequenceEqual((byte[])[.. messages.SelectMany(static m => m)]));
        }
    }

    [Theory]
    [MemberData(nameof(WindowBits))]
    public void Every_window_and_level_makes_what_the_platform_and_our_own_inflate(int windowBits)
    {
        var random = new Random(windowBits);
        for (int level = 1; level <= 9; level++)
        {
            // An array that is exactly as long as asked for: the end of the output falls on its end now and then.
            var pool = new PoisoningPool(level % 2 == 0 ? RentedLength.PowerOfTwo : RentedLength.Exact);
            using MessageDeflater shared = Deflated.Deflater(noContextTakeover: true, windowBits, level, pool);
            using MessageDeflater dedicated = Deflated.Deflater(noContextTakeover: false, windowBits, level, pool);
            using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, windowBits);
            using MessageInflater sharedInflater = Deflated.Inflater(noContextTakeover: true, windowBits);
            var all = new List<byte>();
            var taken = new List<byte[]>();
            for (int i = 0; i < 25; i++)
            {
                byte[] message = i == 20 && level % 3 == 0 ? Wire.Bytes(1 << 20, level)
                    : i == 21 && level % 3 == 1 ? Deflated.Structured(1 << 20, level)
                    : Deflated.Structured(random.Next(1 << random.Next(1, 17)), i);
                byte[] alone = shared.Deflate(message).ToArray();
                Assert.True(PlatformDeflate.Inflate(alone).AsSpan().SequenceEqual(message));
                Assert.Equal(ProtocolError.None, sharedInflater.Inflate(alone, Wide, out ReadOnlySpan<byte> back));
                Assert.True(back.SequenceEqual(message));
                byte[] compressed = dedicated.Deflate(message).ToArray();
                Assert.Equal(ProtocolError.None, inflater.Inflate(compressed, Wide, out back));
                Assert.True(back.SequenceEqual(message));
                taken.Add(compressed);
                all.AddRange(message);
            }

            Assert.True(PlatformDeflate.Inflate([.. taken]).AsSpan().SequenceEqual((byte[])[.. all]));
        }
    }

    [Theory]
    [MemberData(nameof(WindowBits))]
    public void Section_7_1_2_1_nothing_is_referred_to_beyond_the_window(int windowBits)
    {
        // Large windows take long to fill: each of zlib-ng's strategies once there.
        int[] levels = windowBits < 12 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1, 2, 4, 7, 9];
        foreach (int level in levels)
        {
            using MessageDeflater deflater = Deflated.Deflater(noContextTakeover: false, windowBits, level);
            var naive = new NaiveInflater(windowBits);
            using var narrow = new NarrowInflate(windowBits);
            foreach (byte[] message in Repetitive(windowBits))
            {
                byte[] compressed = deflater.Deflate(message).ToArray();
                Assert.True(narrow.Next(compressed).AsSpan().SequenceEqual(message));
                (InflateVerdict verdict, byte[] read, bool isDefined) = naive.Inflate(compressed);
                Assert.Equal((InflateVerdict.Message, true), (verdict, isDefined));
                Assert.True(read.AsSpan().SequenceEqual(message));
            }

            // It refers, and as far as zlib ever does: its window less 262, where 8 bits are 9.
            Assert.InRange(naive.LargestDistance, 200, (1 << Math.Max(windowBits, 9)) - 262);
            Assert.InRange(naive.LargestDistance, 200, 1 << windowBits);
        }
    }

    [Fact]
    public void The_proof_of_the_window_can_fail()
    {
        using MessageDeflater deflater = Deflated.Deflater(noContextTakeover: false, windowBits: 10);
        using var narrow = new NarrowInflate(windowBits: 8);
        byte[] noise = Wire.Bytes(400);
        Assert.Null(narrow.Next(deflater.Deflate((byte[])[.. noise, .. noise]).ToArray()));
    }

    [Fact]
    public void Nothing_of_one_message_is_referred_to_by_the_next_of_a_shared_deflater()
    {
        byte[] secret = Wire.Bytes(3000);
        for (int level = 1; level <= 9; level++)
        {
            // With room enough: where the end just fits there is an empty block more.
            var pool = new RoomyPool();
            using MessageDeflater used = Deflated.Deflater(noContextTakeover: true, level: level, pool: pool);
            for (int i = 0; i < 100; i++)
            {
                byte[] message = i % 5 == 0 ? secret : Deflated.Structured(500 * (i % 7), i / 2);
                byte[] compressed = used.Deflate(message).ToArray();

                // Neither refers to it nor tells of it by its length: it is what a new compressor makes, to the byte.
                using MessageDeflater unused = Deflated.Deflater(noContextTakeover: true, level: level, pool: pool);
                Assert.Equal(unused.Deflate(message).ToArray(), compressed);
                Assert.Equal(message, Deflated.InflateNaively(compressed));
            }
        }
    }

    [Fact]
    public void With_context_takeover_a_message_said_again_is_short()
    {
        using MessageDeflater dedicated = Deflated.Deflater(noContextTakeover: false);
        using MessageDeflater shared = Deflated.Deflater(noContextTakeover: true);
        byte[] noise = Wire.Bytes(1000);
        Assert.InRange(dedicated.Deflate(noise).Length, 1000, 1010);
        Assert.InRange(dedicated.Deflate(noise).Length, 1, 40);
        Assert.InRange(shared.Deflate(noise).Length, 1000, 1010);
        Assert.InRange(shared.Deflate(noise).Length, 1000, 1010);
    }

    [Fact]
    public void What_cannot_be_compressed_stays_within_what_a_receiver_of_the_same_limit_takes()
    {
        byte[] noise = Wire.Bytes(1 << 20);
        for (int windowBits = 8; windowBits <= 15; windowBits++)
        {
            for (int level = 1; level <= 9; level++)
            {
                using MessageDeflater deflater = Deflated.Deflater(noContextTakeover: true, windowBits, level);
                Assert.InRange(deflater.Deflate(noise).Length, 1, new ReceiveLimits(1 << 20, 1).MaxCompressedBytes);
            }
        }
    }

    [Theory]
    [InlineData(7, 6)]
    [InlineData(16, 6)]
    [InlineData(15, 0)]
    [InlineData(15, 10)]
    public void Numbers_out_of_range_are_refused(int windowBits, int level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Deflated.Deflater(noContextTakeover: true, windowBits, level));

    // Periods around the window's ends, and noise said again at such distances.
    private static IEnumerable<byte[]> Repetitive(int windowBits)
    {
        int window = 1 << windowBits;
        foreach (int period in new[]
        {
            1, 200, 245, 249, 250, 251, 255, 256, 257, window - 263, window - 262, window - 261, window - 1, window, window + 1,
        })
        {
            if (period < 1) continue;
            byte[] noise = Wire.Bytes(period, period);
            yield return [.. Enumerable.Range(0, Math.Max(2000, 2 * period)).Select(i => noise[i % period])];
        }

        yield return Deflated.Structured(20_000, windowBits);
    }

    private sealed class RoomyPool : ArrayPool<byte>
    {
        private readonly Stack<byte[]> _free = new();

        public override byte[] Rent(int minimumLength) => _free.TryPop(out byte[]? array) ? array : new byte[1 << 16];

        public override void Return(byte[] array, bool clearArray = false) => _free.Push(array);
    }
}
