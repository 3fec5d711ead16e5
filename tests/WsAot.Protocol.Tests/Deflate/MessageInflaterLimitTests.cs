using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;
using static WsAot.Protocol.Tests.Support.Inflating;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class MessageInflaterLimitTests
{
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
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(65_536)]
    public void A_call_inflates_no_more_than_a_part(int partBytes)
    {
        const int Total = 200_000;
        foreach (bool noContextTakeover in new[] { false, true })
        {
            using MessageInflater inflater = Deflated.Inflater(noContextTakeover);
            byte[] message = [.. Wire.Bytes(Total / 2), .. new byte[Total / 2]];
            var limits = new InflateLimits(Total, partBytes);
            for (int round = 0; round < 2; round++)
            {
                ReadOnlySpan<byte> rest = Deflated.Message(message);
                int calls = 0;
                ReadOnlySpan<byte> inflated;
                do
                {
                    Assert.Equal(ProtocolError.None, inflater.Inflate(rest, limits, out int used, out inflated));
                    rest = rest[used..];
                    calls++;
                }
                while (inflater.IsInProgress);

                Assert.True(inflated.SequenceEqual(message));
                // The last part may come with a call of its own.
                Assert.InRange(calls, Total / partBytes, (Total / partBytes) + 2);
            }
        }
    }

    [Fact]
    public void Final_blocks_are_counted_since_each_makes_a_decompressor_anew()
    {
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: false);
        byte[] empty = [3, 0];
        Assert.True(Inflate(inflater, [.. Enumerable.Repeat(empty, 16).SelectMany(static b => b), 0]).IsEmpty);
        Assert.True(Inflate(inflater, [.. Enumerable.Repeat(empty, 17).SelectMany(static b => b)]).IsEmpty);
        Assert.Equal(ProtocolError.InvalidDeflateData,
            inflater.Inflate([.. Enumerable.Repeat(empty, 18).SelectMany(static b => b)], Wide, out _));
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
        Assert.Throws<ArgumentOutOfRangeException>(() => inflater.Inflate([0], new InflateLimits(10, 0), out _));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    public void A_window_out_of_range_is_refused(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Deflated.Inflater(noContextTakeover: true, bits));
}
