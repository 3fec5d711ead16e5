using System.Runtime.CompilerServices;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Tests.Support;
using WsAot.TestKit.Text;

namespace WsAot.Protocol.Tests.Frames;

public sealed class Utf8ValidatorTests
{
    // Every byte at which RFC 3629 changes its mind.
    private static readonly byte[] s_interesting =
    [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF,
    ];

    [Fact]
    public void The_state_is_four_bytes_or_less() => Assert.InRange(Unsafe.SizeOf<Utf8Validator>(), 1, 4);

    [Fact]
    public void Section_8_1_all_sequences_of_interesting_bytes_fail_at_the_naive_twins_byte()
    {
        Span<byte> bytes = stackalloc byte[4];
        int count = s_interesting.Length * s_interesting.Length * s_interesting.Length * s_interesting.Length;
        for (int number = 0; number < count; number++)
        {
            for (int i = 0, rest = number; i < bytes.Length; i++, rest /= s_interesting.Length)
            {
                bytes[i] = s_interesting[rest % s_interesting.Length];
            }

            var validator = default(Utf8Validator);
            for (int length = 1; length <= bytes.Length; length++)
            {
                bool possible = validator.Append(bytes.Slice(length - 1, 1));
                if (!Matches(possible, validator.IsComplete, NaiveUtf8.Judge(bytes[..length])))
                {
                    Assert.Fail(Convert.ToHexString(bytes[..length]));
                }

                if (!possible) break;
            }
        }
    }

    [Fact]
    public void Any_text_is_judged_alike_whole_and_cut_at_every_position()
    {
        var random = new Random(3);
        for (int length = 0; length <= 300; length++)
        {
            byte[] bytes = RandomText(random, length);
            Utf8Verdict expected = NaiveUtf8.Judge(bytes);
            for (int cut = 0; cut <= bytes.Length; cut++)
            {
                var validator = default(Utf8Validator);
                bool possible = validator.Append(bytes.AsSpan(0, cut));
                Assert.True(Matches(possible, validator.IsComplete, NaiveUtf8.Judge(bytes.AsSpan(0, cut))));
                possible = validator.Append(bytes.AsSpan(cut));
                Assert.True(Matches(possible, validator.IsComplete, expected), Convert.ToHexString(bytes));
            }
        }
    }

    [Theory]
    [InlineData("C0")]
    [InlineData("C1")]
    [InlineData("F5")]
    [InlineData("80")]
    [InlineData("E080")]
    [InlineData("EDA0")]
    [InlineData("F08F")]
    [InlineData("F490")]
    [InlineData("C241")]
    [InlineData("E28241")]
    public void The_first_impossible_byte_fails_even_when_the_sequence_is_cut_there(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        var validator = default(Utf8Validator);
        Assert.False(validator.Append([.. Wire.Utf8(new string('a', 100)), .. bytes]));
    }

    [Fact]
    public void A_failure_stays_until_reset()
    {
        var validator = default(Utf8Validator);
        Assert.False(validator.Append([0xFF]));
        Assert.False(validator.Append("a"u8));
        Assert.False(validator.IsComplete);
        validator.Reset();
        Assert.True(validator.Append("a"u8));
        Assert.True(validator.IsComplete);
    }

    [Fact]
    public void A_failure_in_the_bulk_stays_too()
    {
        var validator = default(Utf8Validator);
        Assert.False(validator.Append([0xFF, 0x41, 0x41, 0x41, 0x41]));
        Assert.False(validator.Append("a"u8));
        Assert.False(validator.Append([]));
        Assert.False(validator.IsComplete);
    }

    private static bool Matches(bool possible, bool complete, Utf8Verdict verdict) => verdict switch
    {
        Utf8Verdict.Impossible => !possible,
        Utf8Verdict.Open => possible && !complete,
        _ => possible && complete,
    };

    private static byte[] RandomText(Random random, int length)
    {
        string[] pieces = ["a", "hello, world ", "é", "€", "漢字", "😀", "\u07FF", "\uFFFF", "\U0010FFFF"];
        var bytes = new List<byte>();
        while (bytes.Count < length) bytes.AddRange(Wire.Utf8(pieces[random.Next(pieces.Length)]));
        byte[] text = [.. bytes.Take(length)];
        if (length > 0 && random.Next(2) == 0) text[random.Next(length)] = s_interesting[random.Next(s_interesting.Length)];
        return text;
    }
}
