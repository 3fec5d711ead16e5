using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Tests.Support;
using static WsAot.Protocol.Tests.Support.Inflating;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class MessageInflaterContextTests
{
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
        Assert.Equal(ProtocolError.InvalidDeflateData, shared.Inflate(second, Wide, out _));
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
            Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(Deflated.Reference((1 << windowBits) + 1), Wide, out _));
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
        Assert.Equal(ProtocolError.InvalidDeflateData, inflater.Inflate(Deflated.Reference(5), Wide, out _));
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
                Assert.Equal(ProtocolError.InvalidDeflateData, shared.Inflate(Deflated.Reference(distance), Wide, out _));
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
        Assert.Throws<InsufficientMemoryException>(() => shared.Inflate([.. secret[..^1], .. Deflated.Bomb(10_000)], Wide, out _));
        pool.Rents = int.MaxValue;
        Assert.Equal(ProtocolError.InvalidDeflateData, shared.Inflate(Deflated.Reference(32), Wide, out _));
        Assert.Equal("Hello"u8, Inflate(shared, Convert.FromHexString("F248CDC9C90700")));
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
