using System.Buffers.Binary;
using System.Text;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Builds what a client sends, in the plainest way, on its own: nothing of the product is used but the enumeration.</summary>
internal static class Wire
{
    private static readonly byte[] s_key = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Frame(Opcode opcode, byte[] payload, bool fin = true) => Raw((fin ? 0x80 : 0) | (int)opcode, payload);

    public static byte[] Text(string text, bool fin = true) => Frame(Opcode.Text, Utf8(text), fin);

    public static byte[] Binary(byte[] payload, bool fin = true) => Frame(Opcode.Binary, payload, fin);

    public static byte[] Continuation(byte[] payload, bool fin) => Frame(Opcode.Continuation, payload, fin);

    public static byte[] Close(int code, byte[] reason) => Frame(Opcode.Close, [(byte)(code >> 8), (byte)code, .. reason]);

    public static byte[] Raw(int firstByte, byte[] payload)
    {
        byte[] masked = new byte[payload.Length];
        for (int i = 0; i < payload.Length; i++) masked[i] = (byte)(payload[i] ^ s_key[i % 4]);
        return [.. Header(firstByte, payload.Length), .. masked];
    }

    public static byte[] Header(int firstByte, long length, bool masked = true)
    {
        int mask = masked ? 0x80 : 0;
        byte[] key = masked ? s_key : [];
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, length);
        if (length < 126) return [(byte)firstByte, (byte)(mask | (int)length), .. key];
        if (length < 65536) return [(byte)firstByte, (byte)(mask | 126), .. bytes[6..], .. key];
        return [(byte)firstByte, (byte)(mask | 127), .. bytes, .. key];
    }

    public static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(static part => part)];
}
