using System.Buffers.Binary;

namespace WsAot.TestKit.Frames;

/// <summary>The header of a frame that a server sent (RFC 6455 section 5.2).</summary>
/// <param name="FirstByte">FIN, RSV1 to RSV3 and the opcode.</param>
/// <param name="PayloadLength">The length that it declares.</param>
/// <param name="Fault">What is wrong with its second byte or its length; null: nothing.</param>
public readonly record struct ServerFrameHeader(int FirstByte, ulong PayloadLength, string? Fault)
{
    public Opcode Opcode => (Opcode)(FirstByte & 0x0f);

    public bool Fin => (FirstByte & 0x80) != 0;

    /// <summary>RSV1 is 4, RSV2 is 2, RSV3 is 1.</summary>
    public int Rsv => (FirstByte >> 4) & 7;

    /// <summary>The length of a header in bytes, by its second byte.</summary>
    public static int LengthOf(int secondByte) => (secondByte & 0x7f) switch { 126 => 4, 127 => 10, _ => 2 };

    /// <summary>Reads a header, all of which must be there.</summary>
    public static ServerFrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        int length7 = bytes[1] & 0x7f;
        (ulong length, ulong least) = length7 switch
        {
            126 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 126UL),
            127 => (BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]), 65_536UL),
            _ => ((ulong)length7, 0UL),
        };
        string? fault = bytes[1] >= 0x80 ? "The server sent a masked frame (section 5.1)."
            : length < least ? "The server's payload length is not in its shortest form (section 5.2)."
            : length > long.MaxValue ? "The server's payload length has its top bit set (section 5.2)."
            : null;
        return new ServerFrameHeader(bytes[0], length, fault);
    }
}
