using System.Text.Unicode;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Tests.Frames;

/// <summary>Against the platform's own check, which works in another way.</summary>
public sealed class VectorUtf8Tests
{
    private static readonly byte[] s_interesting =
    [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF,
    ];

    [Fact]
    public void Every_sequence_of_interesting_bytes_is_judged_alike_at_the_seams_of_vectors()
    {
        int count = s_interesting.Length * s_interesting.Length * s_interesting.Length * s_interesting.Length;
        // Inside a vector, across two of 16 and of 32 bytes at each cut, across blocks of 64 that begin at 16, and at the end of the text.
        int[] places =
            [0, 12, 13, 14, 15, 16, 28, 29, 30, 31, 32, 44, 45, 46, 47, 76, 77, 78, 79, 80, 140, 141, 142, 143, 144, 156, 159, 160, 161];
        byte[] text = new byte[165];
        for (int number = 0; number < count; number++)
        {
            int place = places[number % places.Length];
            Array.Fill(text, (byte)'x');
            for (int i = 0, rest = number; i < 4; i++, rest /= s_interesting.Length)
            {
                text[place + i] = s_interesting[rest % s_interesting.Length];
            }

            AssertAlike(text);
        }
    }

    [Fact]
    public void Every_code_point_is_valid_and_every_byte_of_it_alone_is_not()
    {
        Span<byte> text = stackalloc byte[48];
        for (int codePoint = 0x80; codePoint <= 0x10FFFF; codePoint += codePoint < 0x11000 ? 1 : 37)
        {
            if (codePoint is >= 0xD800 and <= 0xDFFF) continue;
            text.Fill((byte)'x');
            int place = codePoint % 44;
            string letters = char.ConvertFromUtf32(codePoint);
            int length = System.Text.Encoding.UTF8.GetBytes(letters, text[place..]);
            Assert.True(VectorUtf8.IsValid(text) && VectorUtf8.IsValid128(text));
            text[place + length - 1] = (byte)'x';
            Assert.False(VectorUtf8.IsValid(text) || VectorUtf8.IsValid128(text));
        }
    }

    [Fact]
    public void Texts_of_every_length_with_a_wrong_byte_or_none_are_judged_alike()
    {
        var random = new Random(7);
        string[] letters = ["a", "z", "\u00e9", "\u4e2d", "\U0001F600", "\u0800", "\uffff", "\U0010FFFF"];
        for (int length = 0; length < 300; length++)
        {
            for (int round = 0; round < 20; round++)
            {
                string text = string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(round % letters.Length + 1)]));
                byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
                AssertAlike(bytes);
                if (bytes.Length == 0) continue;
                // Cut off, with a byte changed, with a byte missing.
                AssertAlike(bytes.AsSpan(0, random.Next(bytes.Length)));
                bytes[random.Next(bytes.Length)] = s_interesting[random.Next(s_interesting.Length)];
                AssertAlike(bytes);
                AssertAlike(bytes.AsSpan(random.Next(bytes.Length)));
            }
        }
    }

    private static void AssertAlike(ReadOnlySpan<byte> bytes)
    {
        bool expected = Utf8.IsValid(bytes);
        if (expected != VectorUtf8.IsValid(bytes) || expected != VectorUtf8.IsValid128(bytes))
        {
            Assert.Fail($"{Convert.ToHexString(bytes)} is {(expected ? "valid" : "invalid")}");
        }
    }
}
