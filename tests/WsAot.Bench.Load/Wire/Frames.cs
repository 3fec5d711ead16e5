using System.Buffers.Binary;

namespace WsAot.Bench.Load.Wire;

/// <summary>Whole frames as they go over the wire, RFC 6455 section 5.2.</summary>
internal static class Frames
{
    private const byte Fin = 0x80;
    private const byte Rsv1 = 0x40;
    private const byte Masked = 0x80;

    // No byte of the key is zero, so that each byte of a payload must be unmasked.
    private static ReadOnlySpan<byte> MaskingKey => [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>A frame from the load: masked.</summary>
    public static byte[] FromClient(Opcode opcode, ReadOnlySpan<byte> payload, bool isCompressed = false)
    {
        byte[] frame = [.. Header(opcode, payload.Length, isCompressed, Masked), .. MaskingKey, .. payload];
        Span<byte> body = frame.AsSpan(frame.Length - payload.Length);
        for (int i = 0; i < body.Length; i++) body[i] ^= MaskingKey[i & 3];
        return frame;
    }

    /// <summary>A frame from a server: not masked.</summary>
    public static byte[] FromServer(Opcode opcode, ReadOnlySpan<byte> payload) =>
        [.. Header(opcode, payload.Length, isCompressed: false, masked: 0), .. payload];

    private static byte[] Header(Opcode opcode, int length, bool isCompressed, byte masked)
    {
        byte first = (byte)(Fin | (isCompressed ? Rsv1 : 0) | (byte)opcode);
        if (length < 126) return [first, (byte)(masked | length)];
        if (length <= ushort.MaxValue) return [first, (byte)(masked | 126), (byte)(length >> 8), (byte)length];
        byte[] header = [first, (byte)(masked | 127), 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        return header;
    }
}
