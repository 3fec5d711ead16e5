using System.Buffers.Binary;

namespace WsAot.Soak.Wire;

/// <summary>Frames as a client sends them: masked, with the shortest form of the length (RFC 6455 sections 5.2 and 5.3).</summary>
internal static class ClientFrame
{
    public const int MaxHeaderLength = 14;

    public static byte[] Create(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isCompressed = false)
    {
        Span<byte> header = stackalloc byte[MaxHeaderLength];
        uint key = (uint)Random.Shared.Next();
        int length = WriteHeader(header, opcode, payload.Length, key, isFinal, isCompressed);
        byte[] frame = new byte[length + payload.Length];
        header[..length].CopyTo(frame);
        payload.CopyTo(frame.AsSpan(length));
        Mask(frame.AsSpan(length), header.Slice(length - 4, 4));
        return frame;
    }

    /// <summary>A header alone, for a payload that may never follow.</summary>
    public static byte[] Header(Opcode opcode, long payloadLength)
    {
        byte[] header = new byte[MaxHeaderLength];
        return header[..WriteHeader(header, opcode, payloadLength, (uint)Random.Shared.Next(), isFinal: true, isCompressed: false)];
    }

    private static int WriteHeader(Span<byte> header, Opcode opcode, long length, uint key, bool isFinal, bool isCompressed)
    {
        header[0] = (byte)((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | (int)opcode);
        int written;
        switch (length)
        {
            case <= 125:
                header[1] = (byte)(0x80 | length);
                written = 2;
                break;
            case <= ushort.MaxValue:
                header[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                written = 4;
                break;
            default:
                header[1] = 0x80 | 127;
                BinaryPrimitives.WriteInt64BigEndian(header[2..], length);
                written = 10;
                break;
        }

        BinaryPrimitives.WriteUInt32BigEndian(header[written..], key);
        return written + 4;
    }

    private static void Mask(Span<byte> payload, ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
    }
}
