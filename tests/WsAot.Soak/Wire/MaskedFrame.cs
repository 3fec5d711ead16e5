using System.Buffers.Binary;

namespace WsAot.Soak.Wire;

/// <summary>Frames of a correct client, each with an unpredictable masking key (RFC 6455 section 5.3).</summary>
internal static class MaskedFrame
{
    public static byte[] Create(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false) =>
        FrameEncoder.Encode(FrameEncoder.FirstByte(opcode, isFinal, isCompressed ? 4 : 0), payload, NewKey());

    /// <summary>Only a header, for a payload that may never follow.</summary>
    public static byte[] Header(Opcode opcode, long payloadLength) =>
        FrameEncoder.Header(FrameEncoder.FirstByte(opcode), (ulong)payloadLength, NewKey());

    private static byte[] NewKey()
    {
        byte[] key = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(key, Random.Shared.Next());
        return key;
    }
}
