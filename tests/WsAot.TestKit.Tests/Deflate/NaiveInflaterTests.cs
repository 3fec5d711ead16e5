using System.IO.Compression;
using WsAot.TestKit.Deflate;

namespace WsAot.TestKit.Tests.Deflate;

public sealed class NaiveInflaterTests
{
    [Theory]
    [InlineData("F248CDC9C90700", "Hello")]                         // RFC 7692 section 7.2.3.1
    [InlineData("000500FAFF48656C6C6F00", "Hello")]                 // 7.2.3.3
    [InlineData("F348CDC9C9070000", "Hello")]                       // 7.2.3.4
    [InlineData("F24805000000FFFFCAC9C90700", "Hello")]             // 7.2.3.5
    [InlineData("00", "")]                                          // 7.2.3.6
    [InlineData("F348CDC9C90700F248CDC9C90700", "HelloHello")]      // a final block, and then another
    public void The_examples_of_the_rfc_and_their_kin_are_inflated(string hex, string expected)
    {
        (InflateVerdict verdict, byte[] message, bool isDefined) = new NaiveInflater().Inflate(Convert.FromHexString(hex));
        Assert.Equal((InflateVerdict.Message, true), (verdict, isDefined));
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(message));
    }

    [Theory]
    [InlineData("")]                        // an empty message is one byte
    [InlineData("F248CDC9C907000000FFFF")]  // the tail was not cut off
    [InlineData("F248CDC9C907")]
    [InlineData("000900F6FF48656C6C6F")]    // the tail would be its content
    [InlineData("000500FAFE48656C6C6F00")]
    [InlineData("06")]
    public void What_is_no_whole_message_is_invalid(string hex) =>
        Assert.Equal(InflateVerdict.Invalid, new NaiveInflater().Inflate(Convert.FromHexString(hex)).Verdict);

    [Fact]
    public void What_the_platform_compressed_is_inflated_with_and_without_context()
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            byte[][] messages = [.. Enumerable.Range(0, 30).Select(static i => Message(i * 37, i % 4))];
            byte[][] compressed = PlatformDeflate.CompressAll(messages, level);
            NaiveInflater kept = new();
            NaiveInflater forgetful = new(noContextTakeover: true);
            for (int i = 0; i < messages.Length; i++)
            {
                Assert.Equal(messages[i], kept.Inflate(compressed[i]).Message);
                Assert.Equal(messages[i], forgetful.Inflate(PlatformDeflate.Compress(messages[i], level)).Message);
            }

            Assert.Equal(messages.SelectMany(static message => message), PlatformDeflate.Inflate(compressed));
        }
    }

    [Fact]
    public void Without_context_takeover_nothing_earlier_can_be_referred_to()
    {
        byte[] again = Convert.FromHexString("F200110000");     // section 7.2.3.2
        NaiveInflater kept = new();
        NaiveInflater forgetful = new(noContextTakeover: true);
        foreach (NaiveInflater inflater in new[] { kept, forgetful }) inflater.Inflate(Convert.FromHexString("F248CDC9C90700"));
        Assert.Equal("Hello"u8.ToArray(), kept.Inflate(again).Message);
        Assert.Equal(5, kept.LargestDistance);
        Assert.Equal(InflateVerdict.Invalid, forgetful.Inflate(again).Verdict);
    }

    [Fact]
    public void A_match_beyond_the_window_makes_the_verdict_undefined()
    {
        byte[] noise = Message(400, 0);
        byte[] compressed = PlatformDeflate.Compress([.. noise, .. noise]);
        Assert.True(new NaiveInflater(windowBits: 9).Inflate(compressed).IsDefined);
        NaiveInflater narrow = new(windowBits: 8);
        Assert.False(narrow.Inflate(compressed).IsDefined);
        Assert.Equal(400, narrow.LargestDistance);
    }

    [Theory]
    [InlineData(1000, InflateVerdict.Message)]
    [InlineData(999, InflateVerdict.TooLong)]
    [InlineData(0, InflateVerdict.TooLong)]
    public void A_limit_holds_to_the_byte(int maxBytes, InflateVerdict verdict) =>
        Assert.Equal(verdict, new NaiveInflater().Inflate(PlatformDeflate.Compress(new byte[1000]), maxBytes).Verdict);

    // Noise, or the same few bytes again and again.
    private static byte[] Message(int length, int period)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        for (int i = period; period > 0 && i < length; i++) bytes[i] = bytes[i - period];
        return bytes;
    }
}
