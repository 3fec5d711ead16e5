using System.Buffers.Binary;
using WsAot.TestKit.Frames;

namespace WsAot.Fuzz.Frames;

/// <summary>Appends frames to a client's bytes.</summary>
internal static class FrameListExtensions
{
    public static void AddFrame(this List<byte> destination, int firstByte, ReadOnlySpan<byte> payload, uint key) =>
        destination.AddRange(FrameEncoder.Encode(firstByte, payload, BytesOf(key)));

    public static void AddHeader(this List<byte> destination, int firstByte, ulong length, uint key, LengthForm form) =>
        destination.AddRange(FrameEncoder.Header(firstByte, length, BytesOf(key), form));

    private static byte[] BytesOf(uint key)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, key);
        return bytes;
    }
}
