using System.IO.Compression;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Frames;

namespace WsAot.Tests.Hostile;

/// <summary>Bytes that no honest client sends, or not so many of.</summary>
internal static class Wire
{
    public const string Deflate = "Sec-WebSocket-Extensions: permessage-deflate";

    /// <summary>
    /// The head of a masked frame with a 64-bit length, and nothing behind it. With its key of zeros a payload stays as it is.
    /// </summary>
    public static byte[] Header(byte first, long length) => FrameEncoder.Header(first, (ulong)length, [0, 0, 0, 0], LengthForm.Bits64);

    public static byte[] Repeat(byte[] piece, int count)
    {
        byte[] all = new byte[piece.Length * count];
        for (int i = 0; i < count; i++) piece.CopyTo(all, i * piece.Length);
        return all;
    }

    /// <summary>A message compressed by itself, as small as it gets.</summary>
    public static byte[] Compress(byte[] message) => PlatformDeflate.Compress(message, CompressionLevel.SmallestSize);

    public static byte[] Inflate(byte[] message) => PlatformDeflate.Inflate(message);
}
