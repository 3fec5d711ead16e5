using System.IO.Compression;

namespace WsAot.Bench.Load.Wire;

/// <summary>permessage-deflate without context takeover, RFC 7692 section 7.2: each message by itself.</summary>
internal static class MessageDeflate
{
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    public static byte[] Deflate(ReadOnlySpan<byte> payload)
    {
        using MemoryStream bytes = new();
        using DeflateStream stream = new(bytes, CompressionLevel.Fastest);
        stream.Write(payload);
        // A sync flush: it ends with the four bytes that section 7.2.1 has removed.
        stream.Flush();
        ReadOnlySpan<byte> deflated = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (!deflated.EndsWith(Tail)) throw new InvalidOperationException("Flushing did not end with an empty stored block.");
        return deflated[..^Tail.Length].ToArray();
    }

    public static byte[] Inflate(ReadOnlySpan<byte> payload)
    {
        using MemoryStream bytes = new([.. payload, .. Tail]);
        using DeflateStream stream = new(bytes, CompressionMode.Decompress);
        using MemoryStream inflated = new();
        stream.CopyTo(inflated);
        return inflated.ToArray();
    }
}
