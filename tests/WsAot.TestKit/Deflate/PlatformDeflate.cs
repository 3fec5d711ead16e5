using System.IO.Compression;

namespace WsAot.TestKit.Deflate;

/// <summary>
/// Writes and reads messages of permessage-deflate with the platform's own stream, which does not know RFC 7692: this class removes and
/// adds the tail of section 7.2.1.
/// </summary>
public static class PlatformDeflate
{
    /// <summary>The four bytes that a message does not carry and a receiver appends (section 7.2.2).</summary>
    public static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xff, 0xff];

    /// <summary>Compresses one message, without context takeover.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> message, CompressionLevel level = CompressionLevel.Optimal) =>
        CompressAll([message.ToArray()], level)[0];

    /// <summary>Compresses messages of one stream: each may refer to earlier ones.</summary>
    public static byte[][] CompressAll(IEnumerable<byte[]> messages, CompressionLevel level = CompressionLevel.Optimal)
    {
        using MemoryStream output = new();
        using DeflateStream deflate = new(output, level);
        List<byte[]> compressed = [];
        foreach (byte[] message in messages)
        {
            output.SetLength(0);
            deflate.Write(message);
            deflate.Flush();
            // Section 7.2.3.6: an empty message is the first byte of an empty block. The stream writes nothing for it.
            compressed.Add(message.Length == 0 ? [0x00] : WithoutTail(output.GetBuffer().AsSpan(0, (int)output.Length)));
        }

        return [.. compressed];
    }

    /// <summary>Inflates messages of one stream, one after the other.</summary>
    /// <exception cref="InvalidDataException">They are not deflate.</exception>
    public static byte[] Inflate(params IEnumerable<byte[]> messages)
    {
        // An empty final block ends the stream, which would otherwise have no end.
        byte[] stream = [.. messages.SelectMany(static message => (byte[])[.. message, .. Tail]), 0x03, 0x00];
        using DeflateStream inflate = new(new MemoryStream(stream), CompressionMode.Decompress);
        using MemoryStream output = new();
        inflate.CopyTo(output);
        return output.ToArray();
    }

    private static byte[] WithoutTail(ReadOnlySpan<byte> flushed)
    {
        if (!flushed.EndsWith(Tail)) throw new InvalidOperationException("A flush ends with an empty stored block.");
        return flushed[..^Tail.Length].ToArray();
    }
}
