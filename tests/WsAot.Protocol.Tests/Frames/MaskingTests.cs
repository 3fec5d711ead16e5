using System.Buffers.Binary;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Frames;

public sealed class MaskingTests
{
    private const int LongestLength = 300;
    private const byte Guard = 0xA5;

    private static readonly byte[] s_key = [0x01, 0x82, 0xF3, 0x74];

    private static uint Key => BinaryPrimitives.ReadUInt32LittleEndian(s_key);

    // Section 5.3 as it is written: octet i is masked with octet i modulo 4 of the key.
    private static byte[] Naive(byte[] payload, int offset) => [.. payload.Select((value, i) => (byte)(value ^ s_key[(i + offset) % 4]))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Masks_in_place_like_the_naive_twin_at_every_length_and_alignment(int offset)
    {
        for (int length = 0; length <= LongestLength; length++)
        {
            byte[] payload = Wire.Bytes(length, length);
            byte[] expected = Naive(payload, offset);
            for (int alignment = 0; alignment < 9; alignment++)
            {
                byte[] memory = Guarded(length, alignment);
                payload.CopyTo(memory, alignment);
                int next = Masking.Apply(memory.AsSpan(alignment, length), Key, offset);
                Assert.Equal((offset + length) % 4, next);
                AssertWithin(memory, alignment, expected);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Masks_into_another_place_like_the_naive_twin_and_leaves_the_source(int offset)
    {
        for (int length = 0; length <= LongestLength; length++)
        {
            byte[] payload = Wire.Bytes(length, length);
            byte[] expected = Naive(payload, offset);
            for (int alignment = 0; alignment < 5; alignment++)
            {
                byte[] memory = Guarded(length, alignment);
                byte[] source = [.. payload];
                int next = Masking.Apply(source, memory.AsSpan(alignment, length + 1), Key, offset);
                Assert.Equal((offset + length) % 4, next);
                Assert.Equal(payload, source);
                AssertWithin(memory, alignment, expected);
            }
        }
    }

    [Fact]
    public void Tells_whether_what_it_unmasked_is_ascii_wherever_a_byte_is_not()
    {
        for (int length = 0; length <= LongestLength; length++)
        {
            byte[] text = [.. Wire.Bytes(length, length).Select(static value => (byte)(value & 0x7F))];
            for (int other = -1; other < length; other++)
            {
                byte[] expected = [.. text];
                if (other >= 0) expected[other] |= 0x80;
                byte[] inPlace = Naive(expected, 1);
                byte[] copy = new byte[length];
                Assert.Equal(other < 0, Masking.ApplyAndTestAscii(inPlace, copy, Key, 1));
                Assert.Equal(other < 0, Masking.ApplyAndTestAscii(inPlace, Key, 1));
                Assert.Equal(expected, inPlace);
                Assert.Equal(expected, copy);
            }
        }
    }

    [Fact]
    public void Vectors_of_16_bytes_which_the_native_file_has_do_the_same()
    {
        for (int length = 16; length <= LongestLength; length++)
        {
            uint back = System.Numerics.BitOperations.RotateRight(Key, 8 * (length & 3));
            for (int other = -1; other < length; other++)
            {
                byte[] expected = [.. Wire.Bytes(length, length).Select((value, i) => (byte)(i == other ? value | 0x80 : value & 0x7F))];
                byte[] masked = Naive(expected, 0);
                Assert.Equal(other < 0, Masking.Xor128(ref masked[0], ref masked[0], (nuint)length, Key, back));
                Assert.Equal(expected, masked);
            }
        }
    }

    [Fact]
    public void Parts_of_any_length_give_what_the_whole_gives()
    {
        byte[] payload = Wire.Bytes(200);
        byte[] expected = Naive(payload, 0);
        for (int cut = 0; cut <= payload.Length; cut++)
        {
            byte[] parts = [.. payload];
            int offset = Masking.Apply(parts.AsSpan(0, cut), Key, 0);
            Masking.Apply(parts.AsSpan(cut), Key, offset);
            Assert.Equal(expected, parts);
        }
    }

    [Fact]
    public void Section_5_7_masked_hello_unmasks()
    {
        byte[] payload = [0x7F, 0x9F, 0x4D, 0x51, 0x58];
        Masking.Apply(payload, BinaryPrimitives.ReadUInt32LittleEndian([0x37, 0xFA, 0x21, 0x3D]), 0);
        Assert.Equal("Hello"u8, payload);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(static () => Masking.Apply(new byte[5], new byte[4], 1, 0));

    private static byte[] Guarded(int length, int alignment)
    {
        byte[] memory = new byte[alignment + length + 64];
        memory.AsSpan().Fill(Guard);
        return memory;
    }

    private static void AssertWithin(byte[] memory, int start, byte[] expected)
    {
        Assert.True(memory.AsSpan(start, expected.Length).SequenceEqual(expected));
        Assert.Equal(-1, memory.AsSpan(0, start).IndexOfAnyExcept(Guard));
        Assert.Equal(-1, memory.AsSpan(start + expected.Length).IndexOfAnyExcept(Guard));
    }
}
