using System.Buffers.Binary;
using System.IO.Compression;

namespace WsAot.Tests.Hostile;

/// <summary>Bytes that no honest client sends, or not so many of.</summary>
internal static class Wire
{
    public const string Deflate = "Sec-WebSocket-Extensions: permessage-deflate";

    /// <summary>The head of a masked frame with a 64-bit length, and nothing behind it.</summary>
    public static byte[] Header(byte first, long length)
    {
        byte[] header = new byte[14];
        (header[0], header[1]) = (first, 0xFF);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        return header;
    }

    public static byte[] Repeat(byte[] piece, int count)
    {
        byte[] all = new byte[piece.Length * count];
        for (int i = 0; i < count; i++) piece.CopyTo(all, i * piece.Length);
        return all;
    }

    /// <summary>A message compressed by itself, without the tail that RFC 7692 section 7.2.1 has cut off.</summary>
    public static byte[] Compress(byte[] message)
    {
        using var memory = new MemoryStream();
        using var deflate = new DeflateStream(memory, CompressionLevel.SmallestSize);
        deflate.Write(message);
        deflate.Flush();
        return memory.ToArray()[..^4];
    }

    public static byte[] Inflate(byte[] message)
    {
        using var inflate = new DeflateStream(new MemoryStream([.. message, 0, 0, 0xFF, 0xFF, 3, 0]), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        inflate.CopyTo(inflated);
        return inflated.ToArray();
    }
}
