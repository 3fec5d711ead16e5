using System.Buffers.Binary;
using System.Text;

namespace WsAot.Tests.Harness;

/// <summary>A frame on the wire, written as a client does it and read with no mercy for a server.</summary>
public sealed record Frame(int Opcode, byte[] Payload, bool IsFinal = true)
{
    public string Utf8 => Encoding.UTF8.GetString(Payload);

    public ushort CloseCode => Payload.Length == 0 ? (ushort)1005 : BinaryPrimitives.ReadUInt16BigEndian(Payload);

    public string CloseReason => Payload.Length == 0 ? "" : Encoding.UTF8.GetString(Payload.AsSpan(2));

    public static byte[] Text(string text, bool fin = true) => Masked(1, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] Binary(byte[] payload, bool fin = true) => Masked(2, payload, fin);

    public static byte[] Continuation(string text, bool fin = true) => Masked(0, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] Ping(string text) => Masked(9, Encoding.UTF8.GetBytes(text));

    public static byte[] Pong(string text) => Masked(10, Encoding.UTF8.GetBytes(text));

    public static byte[] Close(ushort code, string reason = "") =>
        Masked(8, code == 1005 ? [] : [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    public static byte[] Masked(int opcode, byte[] payload, bool fin = true, int rsv = 0)
    {
        byte[] key = [0x11, 0x22, 0x33, 0x44];
        byte[] masked = new byte[payload.Length];
        for (int i = 0; i < masked.Length; i++) masked[i] = (byte)(payload[i] ^ key[i % 4]);
        return [(byte)((fin ? 0x80 : 0) | (rsv << 4) | opcode), .. Length(payload.Length, 0x80), .. key, .. masked];
    }

    /// <summary>The frame at the front, or null if it is not whole.</summary>
    public static Frame? Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 2) return null;
        Assert.True((bytes[0] & 0x70) == 0, "a reserved bit is set");
        Assert.True((bytes[1] & 0x80) == 0, "a server's frame is masked");
        int extra = bytes[1] switch { 126 => 2, 127 => 8, _ => 0 };
        if (bytes.Length < 2 + extra) return null;
        long payloadLength = extra switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            8 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => bytes[1],
        };
        Assert.True(extra != 2 || payloadLength > 125, "the length is not in its shortest form");
        Assert.True(extra != 8 || payloadLength > 65_535, "the length is not in its shortest form");
        if (bytes.Length < 2 + extra + payloadLength) return null;
        length = (int)(2 + extra + payloadLength);
        return new Frame(bytes[0] & 15, bytes[(2 + extra)..length].ToArray(), (bytes[0] & 0x80) != 0);
    }

    private static byte[] Length(int length, int mask) => length switch
    {
        <= 125 => [(byte)(mask | length)],
        <= 65_535 => [(byte)(mask | 126), (byte)(length >> 8), (byte)length],
        _ => [(byte)(mask | 127), 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };
}
