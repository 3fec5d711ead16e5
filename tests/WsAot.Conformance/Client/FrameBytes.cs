using System.Buffers.Binary;
using System.Text;

namespace WsAot.Conformance.Client;

/// <summary>A frame as a client writes it, legal or not (RFC 6455 section 5.2).</summary>
internal sealed record FrameBytes(Opcode Opcode, ReadOnlyMemory<byte> Payload)
{
    private static readonly byte[] s_maskingKey = [0x37, 0xfa, 0x21, 0x3d];

    public bool Fin { get; init; } = true;

    /// <summary>RSV1 is 4, RSV2 is 2, RSV3 is 1.</summary>
    public int Rsv { get; init; }

    public bool IsMasked { get; init; } = true;

    public ReadOnlyMemory<byte> MaskingKey { get; init; } = s_maskingKey;

    public LengthForm LengthForm { get; init; }

    /// <summary>The length that the header tells; null: the payload's.</summary>
    public ulong? DeclaredLength { get; init; }

    public static FrameBytes Text(string payload, bool fin = true) => Text(Encoding.UTF8.GetBytes(payload), fin);

    public static FrameBytes Text(ReadOnlyMemory<byte> payload, bool fin = true) => new(Opcode.Text, payload) { Fin = fin };

    public static FrameBytes Binary(ReadOnlyMemory<byte> payload, bool fin = true) => new(Opcode.Binary, payload) { Fin = fin };

    public static FrameBytes Continuation(ReadOnlyMemory<byte> payload, bool fin = true) => new(Opcode.Continuation, payload) { Fin = fin };

    public static FrameBytes Continuation(string payload, bool fin = true) => Continuation(Encoding.UTF8.GetBytes(payload), fin);

    public static FrameBytes Ping(ReadOnlyMemory<byte> payload) => new(Opcode.Ping, payload);

    public static FrameBytes Ping(string payload) => Ping(Encoding.UTF8.GetBytes(payload));

    public static FrameBytes Pong(ReadOnlyMemory<byte> payload) => new(Opcode.Pong, payload);

    public static FrameBytes Close(ReadOnlyMemory<byte> payload) => new(Opcode.Close, payload);

    public static FrameBytes Close(int code, string reason = "") => Close(code, Encoding.UTF8.GetBytes(reason));

    public static FrameBytes Close(int code, byte[] reason) => Close((byte[])[(byte)(code >> 8), (byte)code, .. reason]);

    /// <summary>A message in frames of at most this many bytes; an empty message is one frame.</summary>
    public static IEnumerable<FrameBytes> Fragments(Opcode opcode, ReadOnlyMemory<byte> payload, int frameBytes)
    {
        for (int position = 0; position == 0 || position < payload.Length; position += frameBytes)
        {
            int count = Math.Min(frameBytes, payload.Length - position);
            yield return new FrameBytes(position == 0 ? opcode : Opcode.Continuation, payload.Slice(position, count))
            {
                Fin = position + count == payload.Length,
            };
        }
    }

    /// <summary>Frames one after the other.</summary>
    public static byte[] Concat(params IEnumerable<FrameBytes> frames)
    {
        using MemoryStream bytes = new();
        foreach (FrameBytes frame in frames) bytes.Write(frame.ToBytes());
        return bytes.ToArray();
    }

    public byte[] ToBytes()
    {
        byte[] header = Header();
        byte[] bytes = new byte[header.Length + Payload.Length];
        header.CopyTo(bytes, 0);
        Span<byte> body = bytes.AsSpan(header.Length);
        Payload.Span.CopyTo(body);
        if (IsMasked)
        {
            ReadOnlySpan<byte> key = MaskingKey.Span;
            for (int i = 0; i < body.Length; i++) body[i] ^= key[i & 3];
        }

        return bytes;
    }

    /// <summary>All before the payload.</summary>
    public byte[] Header()
    {
        ulong length = DeclaredLength ?? (ulong)Payload.Length;
        byte[] header = new byte[14];
        header[0] = (byte)((Fin ? 0x80 : 0) | (Rsv << 4) | (int)Opcode);
        int count = 2;
        switch (LengthForm)
        {
            case LengthForm.Shortest when length <= 125:
                header[1] = (byte)length;
                break;
            case LengthForm.Bits16:
            case LengthForm.Shortest when length <= ushort.MaxValue:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
                count = 4;
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
                count = 10;
                break;
        }

        if (IsMasked)
        {
            header[1] |= 0x80;
            MaskingKey.CopyTo(header.AsMemory(count));
            count += 4;
        }

        return header[..count];
    }
}
