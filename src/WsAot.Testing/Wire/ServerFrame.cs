using System.Buffers.Binary;
using WsAot.Protocol.Frames;

namespace WsAot.Testing.Wire;

/// <summary>A frame from the server (RFC 6455 section 5.2).</summary>
internal sealed record ServerFrame(Opcode Opcode, byte[] Payload, bool IsFinal, bool IsCompressed)
{
    /// <summary>Reads the first frame.</summary>
    /// <param name="bytes">The received bytes.</param>
    /// <param name="mayBeCompressed">Whether permessage-deflate was negotiated.</param>
    /// <param name="length">The length of the frame in bytes.</param>
    /// <returns>Null if the frame is not complete.</returns>
    /// <exception cref="WsTestException">The server may not send such a frame.</exception>
    public static ServerFrame? Read(ReadOnlySpan<byte> bytes, bool mayBeCompressed, out int length)
    {
        length = 0;
        if (bytes.Length < 2) return null;
        int length7 = bytes[1] & 0x7F;
        // Section 5.1: a server does not mask. Section 5.2: only a negotiated extension sets a reserved bit.
        if ((bytes[1] & 0x80) != 0) throw new WsTestException("The server sent a masked frame.");
        if ((bytes[0] & (mayBeCompressed ? 0x30 : 0x70)) != 0) throw new WsTestException("The server sent a frame with a reserved bit.");
        int headerLength = length7 switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < headerLength) return null;
        long payloadLength = length7 switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => length7,
        };
        if (bytes.Length - headerLength < payloadLength) return null;
        length = headerLength + (int)payloadLength;
        return new ServerFrame(
            (Opcode)(bytes[0] & 0x0F), bytes[headerLength..length].ToArray(), (bytes[0] & 0x80) != 0, (bytes[0] & 0x40) != 0);
    }
}
