using WsAot.Protocol.Deflate;
using WsAot.Protocol.Tests.Support;
using WsAot.TestKit.Deflate;
using static WsAot.Protocol.Tests.Support.Inflating;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class MessageInflaterTests
{
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
            Assert.Equal(
                ProtocolError.InvalidDeflateData, inflater.Inflate(Convert.FromHexString(hex), Wide, out ReadOnlySpan<byte> message));
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
            .. Enumerable.Range(11, 10).SelectMany(static bits => Enumerable.Range(-1, 3).Select(d => Deflated.Structured(
                (1 << bits) + d, bits))),
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
            ProtocolError error = shared.Inflate(compressed, Wide, out ReadOnlySpan<byte> message);
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
            Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(compressed.AsSpan(0, length), Wide, out _));
        }
    }

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
        Assert.Throws<ObjectDisposedException>(() => inflater.Inflate([0], Wide, out _));
    }
}
