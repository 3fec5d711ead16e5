using System.Text;

namespace WsAot.TestKit.Frames;

/// <summary>A frame as a client writes it, legal or not (RFC 6455 section 5.2).</summary>
public sealed record ClientFrame(Opcode Opcode, ReadOnlyMemory<byte> Payload)
{
    public bool Fin { get; init; } = true;

    /// <summary>RSV1 is 4, RSV2 is 2, RSV3 is 1.</summary>
    public int Rsv { get; init; }

    public bool IsMasked { get; init; } = true;

    public ReadOnlyMemory<byte> MaskingKey { get; init; } = FrameEncoder.ExampleKey.ToArray();

    public LengthForm LengthForm { get; init; }

    /// <summary>The length in the header; null: the payload's.</summary>
    public ulong? DeclaredLength { get; init; }

    public static ClientFrame Text(string payload, bool fin = true) => Text(Encoding.UTF8.GetBytes(payload), fin);

    public static ClientFrame Text(ReadOnlyMemory<byte> payload, bool fin = true) => new(Opcode.Text, payload) { Fin = fin };

    public static ClientFrame Binary(ReadOnlyMemory<byte> payload, bool fin = true) => new(Opcode.Binary, payload) { Fin = fin };

    public static ClientFrame Continuation(ReadOnlyMemory<byte> payload, bool fin = true) =>
        new(Opcode.Continuation, payload) { Fin = fin };

    public static ClientFrame Continuation(string payload, bool fin = true) => Continuation(Encoding.UTF8.GetBytes(payload), fin);

    public static ClientFrame Ping(ReadOnlyMemory<byte> payload) => new(Opcode.Ping, payload);

    public static ClientFrame Ping(string payload) => Ping(Encoding.UTF8.GetBytes(payload));

    public static ClientFrame Pong(ReadOnlyMemory<byte> payload) => new(Opcode.Pong, payload);

    public static ClientFrame Close(ReadOnlyMemory<byte> payload) => new(Opcode.Close, payload);

    public static ClientFrame Close(int code, string reason = "") => Close(code, Encoding.UTF8.GetBytes(reason));

    public static ClientFrame Close(int code, byte[] reason) => Close((byte[])[(byte)(code >> 8), (byte)code, .. reason]);

    /// <summary>A message in frames of at most this many bytes; an empty message is one frame.</summary>
    public static IEnumerable<ClientFrame> Fragments(Opcode opcode, ReadOnlyMemory<byte> payload, int frameBytes)
    {
        for (int position = 0; position == 0 || position < payload.Length; position += frameBytes)
        {
            int count = Math.Min(frameBytes, payload.Length - position);
            yield return new ClientFrame(position == 0 ? opcode : Opcode.Continuation, payload.Slice(position, count))
            {
                Fin = position + count == payload.Length,
            };
        }
    }

    /// <summary>The bytes of several frames, one after the other.</summary>
    public static byte[] Concat(params IEnumerable<ClientFrame> frames)
    {
        using MemoryStream bytes = new();
        foreach (ClientFrame frame in frames) bytes.Write(frame.ToBytes());
        return bytes.ToArray();
    }

    public byte[] ToBytes()
    {
        byte[] bytes = [.. Header(), .. Payload.Span];
        if (IsMasked) FrameEncoder.Mask(bytes.AsSpan(bytes.Length - Payload.Length), MaskingKey.Span);
        return bytes;
    }

    /// <summary>The bytes before the payload.</summary>
    public byte[] Header() =>
        FrameEncoder.Header(
            FrameEncoder.FirstByte(Opcode, Fin, Rsv), DeclaredLength ?? (ulong)Payload.Length, IsMasked ? MaskingKey.Span : [], LengthForm);
}
