using System.Text;
using WsAot.Protocol.Frames;
using FrameEncoder = WsAot.TestKit.Frames.FrameEncoder;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Short names for what a client sends. Nothing of the product is used but the enumeration.</summary>
internal static class Wire
{
    public static byte[] Frame(Opcode opcode, byte[] payload, bool fin = true) => Raw((fin ? 0x80 : 0) | (int)opcode, payload);

    public static byte[] Text(string text, bool fin = true) => Frame(Opcode.Text, Utf8(text), fin);

    public static byte[] Binary(byte[] payload, bool fin = true) => Frame(Opcode.Binary, payload, fin);

    public static byte[] Continuation(byte[] payload, bool fin) => Frame(Opcode.Continuation, payload, fin);

    public static byte[] Close(int code, byte[] reason) => Frame(Opcode.Close, [(byte)(code >> 8), (byte)code, .. reason]);

    public static byte[] Raw(int firstByte, byte[] payload) => FrameEncoder.Masked(firstByte, payload);

    public static byte[] Header(int firstByte, long length, bool masked = true) =>
        FrameEncoder.Header(firstByte, (ulong)length, masked ? FrameEncoder.ExampleKey : []);

    public static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(static part => part)];
}
