using System.Buffers.Binary;

namespace WsAot.TestKit.Frames;

/// <summary>
/// Frames as bytes, in the plainest way (RFC 6455 section 5.2). The first byte is a number, so that you can also write frames that no
/// endpoint may send.
/// </summary>
public static class FrameEncoder
{
    /// <summary>
    /// The masking key of the RFC's example in section 5.7. None of its bytes is zero, so each byte of a payload has to be unmasked.
    /// </summary>
    public static ReadOnlySpan<byte> ExampleKey => [0x37, 0xfa, 0x21, 0x3d];

    /// <summary>The first byte of a frame.</summary>
    /// <param name="opcode">What kind of frame.</param>
    /// <param name="fin">Whether the message ends with it.</param>
    /// <param name="rsv">RSV1 is 4, RSV2 is 2, RSV3 is 1.</param>
    public static int FirstByte(Opcode opcode, bool fin = true, int rsv = 0) => (fin ? 0x80 : 0) | (rsv << 4) | (int)opcode;

    /// <summary>A frame as a client sends it, masked with <see cref="ExampleKey"/>.</summary>
    public static byte[] Masked(int firstByte, ReadOnlySpan<byte> payload) => Encode(firstByte, payload, ExampleKey);

    /// <summary>A frame as a server sends it.</summary>
    public static byte[] Unmasked(int firstByte, ReadOnlySpan<byte> payload) => Encode(firstByte, payload, []);

    /// <summary>A frame with the shortest form of its length.</summary>
    /// <param name="firstByte">FIN, RSV1 to RSV3 and the opcode.</param>
    /// <param name="payload">Before it is masked.</param>
    /// <param name="maskingKey">Four bytes; none: not masked.</param>
    public static byte[] Encode(int firstByte, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> maskingKey)
    {
        byte[] frame = [.. Header(firstByte, (ulong)payload.Length, maskingKey), .. payload];
        if (!maskingKey.IsEmpty) Mask(frame.AsSpan(frame.Length - payload.Length), maskingKey);
        return frame;
    }

    /// <summary>The bytes before a payload. The payload itself need not follow.</summary>
    /// <param name="firstByte">FIN, RSV1 to RSV3 and the opcode.</param>
    /// <param name="length">The length that it declares.</param>
    /// <param name="maskingKey">Four bytes; none: not masked.</param>
    /// <param name="form">How the length is written.</param>
    public static byte[] Header(int firstByte, ulong length, ReadOnlySpan<byte> maskingKey, LengthForm form = LengthForm.Shortest)
    {
        if (form == LengthForm.Shortest)
        {
            form = length switch { <= 125 => LengthForm.Bits7, <= ushort.MaxValue => LengthForm.Bits16, _ => LengthForm.Bits64 };
        }

        Span<byte> extended = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(extended, length);
        (int length7, int extendedBytes) = form switch
        {
            LengthForm.Bits7 => ((int)length & 0x7f, 0),
            LengthForm.Bits16 => (126, 2),
            _ => (127, 8),
        };
        return [(byte)firstByte, (byte)((maskingKey.IsEmpty ? 0 : 0x80) | length7), .. extended[(8 - extendedBytes)..], .. maskingKey];
    }

    /// <summary>Masks or unmasks a payload (section 5.3), one byte at a time.</summary>
    public static void Mask(Span<byte> payload, ReadOnlySpan<byte> maskingKey)
    {
        for (int i = 0; i < payload.Length; i++) payload[i] ^= maskingKey[i % 4];
    }
}
