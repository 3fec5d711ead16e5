using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace WsAot.Protocol.Frames;

/// <summary>
/// Writes the headers of server frames: not masked (RFC 6455 section 5.1), with the length in its shortest form (section 5.2).
/// </summary>
public static class FrameWriter
{
    /// <summary>The longest header that a server sends: two bytes and a 64-bit length.</summary>
    public const int MaxHeaderLength = 10;

    /// <summary>How many bytes <see cref="WriteHeader"/> writes for a payload of this many bytes: 2, 4 or 10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GetHeaderLength(long payloadLength) => payloadLength switch
    {
        <= 125 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    /// <summary>Writes the header of a frame and returns its length in bytes.</summary>
    /// <param name="destination">At least <see cref="GetHeaderLength"/> bytes.</param>
    /// <param name="opcode">The type of the frame.</param>
    /// <param name="payloadLength">The length of the payload in bytes: 0 or more.</param>
    /// <param name="fin">False if more fragments of the message follow.</param>
    /// <param name="isCompressed">Whether the message is compressed, which sets RSV1 (RFC 7692 section 6).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteHeader(Span<byte> destination, Opcode opcode, long payloadLength, bool fin = true, bool isCompressed = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        destination[0] = (byte)((fin ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | (int)opcode);
        switch (payloadLength)
        {
            case <= 125:
                destination[1] = (byte)payloadLength;
                return 2;
            case <= ushort.MaxValue:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                return 4;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(destination[2..], payloadLength);
                return 10;
        }
    }
}
