using System.Buffers.Binary;

namespace WsAot.Protocol.Frames;

/// <summary>Reads the header of a frame that a client sent (RFC 6455 section 5.2).</summary>
public static class FrameHeaderReader
{
    /// <summary>The longest header: two bytes, a 64-bit length, a masking key.</summary>
    public const int MaxLength = 14;

    // The two values of the 7-bit length which say that a longer length follows.
    private const int Length16 = 126;
    private const int Length64 = 127;

    /// <summary>
    /// Reads the header at the start of <paramref name="input"/>. It fails at the first byte that makes the frame invalid, without waiting
    /// for the rest, and never looks at the payload.
    /// </summary>
    /// <param name="input">The bytes received, from the first byte of the frame.</param>
    /// <param name="header">The header, if the result is <see cref="FrameReadStatus.Done"/>.</param>
    /// <param name="error">What is wrong, if the result is <see cref="FrameReadStatus.Error"/>.</param>
    /// <param name="mayBeCompressed">Whether permessage-deflate was negotiated, which defines RSV1 (RFC 7692 section 6).</param>
    public static FrameReadStatus Read(
        ReadOnlySpan<byte> input, out FrameHeader header, out ProtocolError error, bool mayBeCompressed = false)
    {
        header = default;
        error = ProtocolError.None;
        if (input.IsEmpty) return FrameReadStatus.NeedMoreData;

        byte first = input[0];
        error = CheckFirst(first, mayBeCompressed);
        if (error != ProtocolError.None) return FrameReadStatus.Error;
        if (input.Length < 2) return FrameReadStatus.NeedMoreData;

        byte second = input[1];
        error = CheckSecond(first, second);
        if (error != ProtocolError.None) return FrameReadStatus.Error;

        int length7 = second & 0x7F;
        ReadOnlySpan<byte> extended = input[2..];
        int extendedLength = length7 switch { Length16 => 2, Length64 => 8, _ => 0 };
        error = CheckExtended(length7, extended);
        if (error != ProtocolError.None) return FrameReadStatus.Error;
        if (extended.Length < extendedLength + 4) return FrameReadStatus.NeedMoreData;

        long payloadLength = length7 switch
        {
            Length16 => BinaryPrimitives.ReadUInt16BigEndian(extended),
            Length64 => BinaryPrimitives.ReadInt64BigEndian(extended),
            _ => length7,
        };
        uint maskingKey = BinaryPrimitives.ReadUInt32LittleEndian(extended[extendedLength..]);
        header = new FrameHeader(first, second, 2 + extendedLength + 4, payloadLength, maskingKey);
        return FrameReadStatus.Done;
    }

    private static ProtocolError CheckFirst(byte first, bool mayBeCompressed)
    {
        // Section 5.2: an RSV bit that no extension defines, or an unknown opcode, fails the connection. RFC 7692 section 6 defines RSV1
        // for the first frame of a data message, but not for continuations and control frames.
        bool definesRsv1 = mayBeCompressed && (first & 0x0F) is ((int)Opcode.Text or (int)Opcode.Binary);
        if ((first & (definesRsv1 ? 0x30 : 0x70)) != 0) return ProtocolError.ReservedBitSet;
        if ((first & 0x07) > 2) return ProtocolError.ReservedOpcode;

        // Section 5.5: control frames are not fragmented.
        return (first & 0x88) == 0x08 ? ProtocolError.FragmentedControlFrame : ProtocolError.None;
    }

    private static ProtocolError CheckSecond(byte first, byte second)
    {
        // Section 5.1: a server closes the connection on a frame that is not masked.
        if ((second & 0x80) == 0) return ProtocolError.UnmaskedFrame;

        // Section 5.5: control frames carry at most 125 bytes, so both longer forms are invalid here.
        return (first & 0x08) != 0 && (second & 0x7F) >= Length16 ? ProtocolError.ControlFrameTooLong : ProtocolError.None;
    }

    // Section 5.2: only the shortest form is valid, and the top bit of the longest form is zero.
    private static ProtocolError CheckExtended(int length7, ReadOnlySpan<byte> extended)
    {
        if (length7 == Length16)
        {
            return extended.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(extended) < Length16
                ? ProtocolError.LengthNotMinimal
                : ProtocolError.None;
        }

        if (length7 != Length64 || extended.IsEmpty) return ProtocolError.None;
        if ((extended[0] & 0x80) != 0) return ProtocolError.LengthTopBitSet;

        // After six zero bytes, the length fits the shorter form's sixteen bits.
        return extended.Length >= 6 && extended[..6].IndexOfAnyExcept((byte)0) < 0
            ? ProtocolError.LengthNotMinimal
            : ProtocolError.None;
    }
}
