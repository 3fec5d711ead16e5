using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;
using WsAot.TestKit.Deflate;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class MessageInflaterTests
{
    private static readonly InflateLimits s_wide = new(1 << 24, 2000);

    [Theory]
    [InlineData("F248CDC9C90700", "Hello")]                         // 7.2.3.1
    [InlineData("000500FAFF48656C6C6F00", "Hello")]                 // 7.2.3.3
    [InlineData("F348CDC9C9070000", "Hello")]                       // 7.2.3.4
    [InlineData("F248050000 00FFFFCAC9C90700", "Hello")]            // 7.2.3.5
    [InlineData("00", "")]                                          // 7.2.3.6
    [InlineData("0200", "")]
    [InlineData("0000 00FFFF00", "")]
    [InlineData("01", "")]                                          // a final empty block, its tail cut off as any other's
    [InlineData("0300", "")]
    [InlineData("010000FFFF", "")]
    [InlineData("F348CDC9C90700", "Hello")]                         // a final block, and not the extra byte
    [InlineData("F348CDC9C90700F348CDC9C90700", "HelloHello")]      // two final blocks, without it and with it
    [InlineData("F348CDC9C90700F348CDC9C9070000", "HelloHello")]
    [InlineData("F348CDC9C90700F248CDC9C90700", "HelloHello")]
    public void Section_7_2_3_the_examples_of_the_rfc_and_their_kin_are_inflated(string hex, string expected)
    {
        byte[] compressed = Convert.FromHexString(hex.Replace(" ", ""));
        foreach (bool isShared in new[] { false, true })
        {
            using MessageInflater inflater = Deflated.Inflater(isShared);
            for (int i = 0; i < 3; i++) Assert.Equal(Wire.Utf8(expected), Inflate(inflater, compressed));
        }

        Assert.Equal(Wire.Utf8(expected), Deflated.InflateNaively(compressed));
    }

    [Fact]
    public void Section_7_2_3_2_a_message_refers_to_the_one_before_where_that_was_agreed_on()
    {
        byte[] first = Convert.FromHexString("F248CDC9C90700");
        byte[] second = Convert.FromHexString("F200110000");
        using MessageInflater dedicated = Deflated.Inflater(noContextTakeover: false);
        Assert.Equal("Hello"u8, Inflate(dedicated, first));
        Assert.True(Inflate(dedicated, [0]).IsEmpty);
        Assert.Equal("Hello"u8, Inflate(dedicated, second));
        using MessageInflater shared = Deflated.Inflater(noContextTakeover: true);
        Assert.Equal("Hello"u8, Inflate(shared, first));
        Assert.Equal(ProtocolError.InvalidDeflateData, shared.Inflate(second, s_wide, out _));
    }

    [Theory]
    [InlineData("")]                        // an empty message is one byte (7.2.3.6)
    [InlineData("F248CDC9C907000000FFFF")]  // the tail was not cut off
    [InlineData("F248CDC9C907")]
    [InlineData("F2")]
    [InlineData("000500FAFF4865")]
    [InlineData("000900F6FF48656C6C6F")]    // the tail would be its content
    [InlineData("000500FAFE48656C6C6F00")]
    [InlineData("06")]
    [InlineData("07")]
    [InlineData("FFFFFFFF")]
    [InlineData("FF")]
    [InlineData("F348CDC9C90700F248CD")]
    [InlineData("789CF248CDC9C907000000FFFF")]
    public void What_is_not_a_whole_message_is_refused_and_leaves_nothing_behind(string hex)
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        foreach (bool isShared in new[] { false, true })
        {
            using MessageInflater inflater = Deflated.Inflater(isShared, pool: pool);
            Assert.Equal("Hello"u8, Inflate(inflater, Convert.FromHexString("F248CDC9C90700")));
            inflater.Trim();
            Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(Convert.FromHexString(hex), s_wide, out ReadOnlySpan<byte> message));
            Assert.True(message.IsEmpty);
            Assert.Equal(isShared ? 1 : 0, pool.LentCount);
            Assert.Equal("Hello"u8, Inflate(inflater, Convert.FromHexString("F248CDC9C90700")));
        }

        pool.VerifyAllReturned();
        Assert.Null(Deflated.InflateNaively(Convert.FromHexString(hex)));
    }

    [Fact]
    public void What_the_platform_compressed_comes_back_at_every_length_up_to_2000()
    {
        using MessageInflater shared = Deflated.Inflater(noContextTakeover: true);
        using MessageInflater dedicated = Deflated.Inflater(noContextTakeover: false);
        byte[][] messages = [.. Enumerable.Range(0, 2001).Select(static i => i % 2 == 0 ? Wire.Bytes(i, i) : Deflated.Structured(i, i))];
        byte[][] taken = PlatformDeflate.CompressAll(messages);
        for (int i = 0; i < messages.Length; i++)
        {
            Assert.Equal(messages[i], Inflate(dedicated, taken[i]));
            Assert.Equal(messages[i], Inflate(shared, Deflated.Message(messages[i])));
        }
    }

    [Theory]
    [InlineData(RentedLength.PowerOfTwo)]
    [InlineData(RentedLength.Exact)]
    public void What_the_platform_compressed_comes_back_up_to_a_mebibyte(RentedLength length)
    {
        using MessageInflater shared = Deflated.Inflater(noContextTakeover: true, pool: new PoisoningPool(length));
        using MessageInflater dedicated = Deflated.Inflater(noContextTakeover: false, pool: new PoisoningPool(length));
        var random = new Random(3);
        byte[][] messages =
        [
            .. Enumerable.Range(11, 10).SelectMany(static bits => Enumerable.Range(-1, 3).Select(d => Deflated.Structured((1 << bits) + d, bits))),
            .. Enumerable.Range(0, 40).Select(i => Deflated.Structured(random.Next(1 << random.Next(1, 20)), i)),
            new byte[1 << 20], Wire.Bytes(1 << 20),
        ];
        byte[][] taken = PlatformDeflate.CompressAll(messages);
        for (int i = 0; i < messages.Length; i++)
        {
            Assert.True(Inflate(dedicated, taken[i]).SequenceEqual(messages[i]));
            dedicated.Trim();
            Assert.True(Inflate(shared, Deflated.Message(messages[i])).SequenceEqual(messages[i]));
        }
    }

    [Fact]
    public void Damaged_messages_are_judged_as_by_the_text_of_rfc_1951()
    {
        var random = new Random(29);
        int accepted = 0;
        int refused = 0;
        using MessageInflater shared = Deflated.Inflater(noContextTakeover: true);
        for (int i = 0; i < 6000; i++)
        {
            byte[] compressed = Deflated.Message(Deflated.Structured(random.Next(1, 400), i));
            if (random.Next(3) == 0) compressed = compressed[..random.Next(compressed.Length)];
            for (int flips = compressed.Length == 0 ? 0 : random.Next(3); flips > 0; flips--)
            {
                compressed[random.Next(compressed.Length)] ^= (byte)(1 << random.Next(8));
            }

            byte[]? expected = Deflated.InflateNaively(compressed);
            ProtocolError error = shared.Inflate(compressed, s_wide, out ReadOnlySpan<byte> message);
            Assert.True((expected is null) == (error == ProtocolError.InvalidDeflateData), $"{error}: {Convert.ToHexString(compressed)}");
            Assert.Equal(expected ?? [], message.ToArray());
            _ = expected is null ? refused++ : accepted++;
        }

        Assert.InRange(accepted, 1000, 5000);
        Assert.InRange(refused, 1000, 5000);
    }

    [Fact]
    public void No_message_that_was_cut_off_becomes_a_part_of_the_next()
    {
        byte[] compressed = Deflated.Message(Deflated.Structured(300, 5));
        for (int length = 0; length < compressed.Length; length++)
        {
            using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false);
            Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(compressed.AsSpan(0, length), s_wide, out _));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public void A_window_reaches_back_as_far_as_agreed_and_no_farther(int windowBits)
    {
        byte[] noise = Wire.Bytes(1 << 16, 41);
        noise = [.. noise.AsSpan(0, 60_000)];
        byte[] stored = Stored(noise);
        foreach (int distance in new[] { 1, 10, 1 << (windowBits - 1), (1 << windowBits) - 1, 1 << windowBits })
        {
            using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, windowBits);
            Inflate(inflater, stored);
            byte[] all = noise;
            for (int i = 0; i < 10; i++) all = [.. all, all[^distance]];
            Assert.True(Inflate(inflater, Deflated.Reference(distance)).SequenceEqual(all.AsSpan(all.Length - 10)));
        }

        if (windowBits < 15)
        {
            using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false, windowBits);
            Inflate(inflater, stored);
            Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(Deflated.Reference((1 << windowBits) + 1), s_wide, out _));
        }
    }

    [Theory]
    [InlineData("F348CDC9C90700")]
    [InlineData("F348CDC9C9070000")]
    [InlineData("F248CDC9C907000000FFFF01")]
    public void A_final_block_ends_the_stream_and_its_window(string hex)
    {
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false);
        Assert.Equal("Hello"u8, Inflate(inflater, Convert.FromHexString(hex)));
        Assert.Equal("Hello"u8, Inflate(inflater, Convert.FromHexString(hex)));
        Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(Deflated.Reference(5), s_wide, out _));
    }

    [Fact]
    public void Nothing_of_one_message_can_be_referred_to_by_the_next_of_a_shared_inflater()
    {
        byte[] secret = Stored(Wire.Utf8("the secret of another connection"));
        byte[][] leavings =
        [
            secret,
            secret[..^1],                                   // ends after a block, not after a message
            secret[..^3],                                   // cut off inside
            [.. secret[..^1], 0x07],                        // garbage
            [.. secret[..^1], 0x03, 0x00],                  // final
            [.. secret[..^1], .. Deflated.Bomb(100_000)],   // over the limit
        ];
        using MessageInflater shared = Deflated.Inflater(noContextTakeover: true);
        foreach (byte[] leaving in leavings)
        {
            foreach (int distance in new[] { 1, 10, 32, 33, 1000, 32768 })
            {
                _ = shared.Inflate(leaving, new InflateLimits(50_000, 2000), out _);
                Assert.Equal(ProtocolError.InvalidDeflateData, shared.Inflate(Deflated.Reference(distance), s_wide, out _));
            }
        }

        // The same on one connection that has agreed to it: so the probe finds what is there.
        using MessageInflater dedicated = Deflated.Inflater(noContextTakeover: false);
        Inflate(dedicated, secret);
        Assert.Equal("the secret"u8, Inflate(dedicated, Deflated.Reference(32)));
    }

    [Fact]
    public void A_call_that_threw_leaves_nothing_to_refer_to()
    {
        var pool = new ThrowingPool();
        using MessageInflater shared = Deflated.Inflater(noContextTakeover: true, pool: pool);
        byte[] secret = Stored(Wire.Utf8("the secret of another connection"));
        Assert.Throws<InsufficientMemoryException>(() => shared.Inflate([.. secret[..^1], .. Deflated.Bomb(10_000)], s_wide, out _));
        pool.Rents = int.MaxValue;
        Assert.Equal(ProtocolError.InvalidDeflateData, shared.Inflate(Deflated.Reference(32), s_wide, out _));
        Assert.Equal("Hello"u8, Inflate(shared, Convert.FromHexString("F248CDC9C90700")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(65536)]
    [InlineData(1000000)]
    public void Section_10_4_a_message_of_the_limit_is_inflated_and_one_byte_more_is_not_after_bounded_work(int limit)
    {
        foreach (RentedLength length in Enum.GetValues<RentedLength>())
        {
            var pool = new PoisoningPool(length);
            using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true, pool: pool);
            Assert.Equal(limit, Inflate(inflater, Deflated.Message(new byte[limit]), new InflateLimits(limit, 2000)).Length);
            Assert.Equal(ProtocolError.MessageTooBig, inflater.Inflate(Deflated.Bomb(limit + 1), new InflateLimits(limit, 2000), out _));
            Assert.Equal(ProtocolError.MessageTooBig, inflater.Inflate(Deflated.Bomb(50_000_000), new InflateLimits(limit, 2000), out _));

            // Nothing is written but into the pool's arrays, so none longer than this means no more bytes put out.
            Assert.InRange(pool.LargestRent, 1, limit + 1);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    [InlineData(1)]
    public void A_ratio_bounds_what_a_short_message_may_become(int ratio)
    {
        var pool = new PoisoningPool(RentedLength.Exact);
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true, pool: pool);
        var limits = new InflateLimits(1 << 30, ratio);
        Assert.Equal(InflateLimits.FreeBytes, Inflate(inflater, Deflated.Message(new byte[InflateLimits.FreeBytes]), limits).Length);
        byte[] bomb = Deflated.Bomb(50_000_000);
        Assert.Equal(ProtocolError.MessageTooBig, inflater.Inflate(bomb, limits, out _));
        Assert.InRange(pool.LargestRent, 1, Math.Max(InflateLimits.FreeBytes, ratio * bomb.Length) + 1);

        // Just over what is free, with a ratio that is just enough and one that is just not.
        byte[] message = Deflated.Message(new byte[InflateLimits.FreeBytes + 1]);
        int needed = (InflateLimits.FreeBytes / message.Length) + 1;
        Assert.Equal(InflateLimits.FreeBytes + 1, Inflate(inflater, message, new InflateLimits(1 << 30, needed)).Length);
        Assert.Equal(ProtocolError.MessageTooBig, inflater.Inflate(message, new InflateLimits(1 << 30, needed - 1), out _));
    }

    [Fact]
    public void Final_blocks_are_counted_since_each_makes_a_decompressor_anew()
    {
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false);
        byte[] empty = [3, 0];
        Assert.True(Inflate(inflater, [.. Enumerable.Repeat(empty, 16).SelectMany(static b => b), 0]).IsEmpty);
        Assert.True(Inflate(inflater, [.. Enumerable.Repeat(empty, 17).SelectMany(static b => b)]).IsEmpty);
        Assert.Equal(ProtocolError.InvalidDeflateData,
            inflater.Inflate([.. Enumerable.Repeat(empty, 18).SelectMany(static b => b)], s_wide, out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(ReceiveLimits.LargestMaxMessageBytes + 1)]
    public void A_limit_out_of_range_is_refused(int maxBytes)
    {
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true);
        Inflate(inflater, [0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => inflater.Inflate([0], new InflateLimits(maxBytes, 1), out _));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    public void A_window_out_of_range_is_refused(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Deflated.Inflater(noContextTakeover: true, bits));

    [Fact]
    public void A_dedicated_one_keeps_no_buffer_and_a_shared_one_keeps_a_small_one()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        using (MessageInflater dedicated = Deflated.Inflater(noContextTakeover: false, pool: pool))
        {
            Inflate(dedicated, Deflated.Bomb(100));
            Assert.Equal(1, pool.LentCount);
            dedicated.Trim();
            pool.VerifyAllReturned();
            Inflate(dedicated, Deflated.Bomb(100));
        }

        pool.VerifyAllReturned();
        using (MessageInflater shared = Deflated.Inflater(noContextTakeover: true, pool: pool))
        {
            Inflate(shared, Deflated.Bomb(60_000));
            shared.Trim();
            Assert.Equal(1, pool.LentCount);
            Inflate(shared, Deflated.Bomb(66_000));
            shared.Trim();
            pool.VerifyAllReturned();
            Inflate(shared, Deflated.Bomb(100));
        }

        pool.VerifyAllReturned();
    }

    [Fact]
    public void It_can_be_disposed_twice_and_then_inflates_no_more()
    {
        MessageInflater inflater = Deflated.Inflater(noContextTakeover: false);
        Inflate(inflater, [0]);
        inflater.Dispose();
        inflater.Dispose();
        inflater.Trim();
        Assert.Throws<ObjectDisposedException>(() => inflater.Inflate([0], s_wide, out _));
    }

    private static byte[] Stored(byte[] bytes) =>
        [0, (byte)bytes.Length, (byte)(bytes.Length >> 8), (byte)~bytes.Length, (byte)(~bytes.Length >> 8), .. bytes, 0];

    private static ReadOnlySpan<byte> Inflate(MessageInflater inflater, byte[] compressed) => Inflate(inflater, compressed, s_wide);

    private static ReadOnlySpan<byte> Inflate(MessageInflater inflater, byte[] compressed, InflateLimits limits)
    {
        Assert.Equal(ProtocolError.None, inflater.Inflate(compressed, limits, out ReadOnlySpan<byte> message));
        return message;
    }

    /// <summary>Lends one array, and then says that there is no memory.</summary>
    private sealed class ThrowingPool : ArrayPool<byte>
    {
        public int Rents { get; set; } = 1;

        public override byte[] Rent(int minimumLength) => Rents-- > 0 ? new byte[minimumLength] : throw new InsufficientMemoryException();

        public override void Return(byte[] array, bool clearArray = false)
        {
        }
    }
}
