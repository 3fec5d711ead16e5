using System.Buffers.Binary;
using System.Text;
using WsAot.TestKit.Frames;

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

    public static byte[] Masked(int opcode, byte[] payload, bool fin = true, int rsv = 0) =>
        FrameEncoder.Masked(FrameEncoder.FirstByte((TestKit.Frames.Opcode)opcode, fin, rsv), payload);

    /// <summary>The frame at the front, or null if it is not whole.</summary>
    public static Frame? Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 2) return null;
        Assert.True((bytes[0] & 0x70) == 0, "a reserved bit is set");
        int headerLength = ServerFrameHeader.LengthOf(bytes[1]);
        if (bytes.Length < headerLength) return null;
        ServerFrameHeader header = ServerFrameHeader.Read(bytes);
        Assert.Null(header.Fault);
        if ((ulong)bytes.Length < (ulong)headerLength + header.PayloadLength) return null;
        length = headerLength + (int)header.PayloadLength;
        return new Frame((int)header.Opcode, bytes[headerLength..length].ToArray(), header.Fin);
    }
}
