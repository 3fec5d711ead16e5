using System.IO.Compression;

namespace WsAot.Soak.Wire;

/// <summary>permessage-deflate of RFC 7692 for one connection. We keep no context of our own; the server may keep its own.</summary>
internal sealed class MessageDeflate : IDisposable
{
    /// <summary>Section 7.2.1: an empty block ends what was flushed, and its four octets do not go over the wire.</summary>
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xff, 0xff];

    private readonly FeedStream _feed = new();
    private readonly DeflateStream _inflater;

    public MessageDeflate() => _inflater = new DeflateStream(_feed, CompressionMode.Decompress);

    public static byte[] Deflate(ReadOnlySpan<byte> payload, CompressionLevel level = CompressionLevel.Fastest)
    {
        // Section 7.2.3.6: an empty message is one empty block. DeflateStream writes nothing for it.
        if (payload.IsEmpty) return [0x00];
        using MemoryStream compressed = new();
        using DeflateStream deflater = new(compressed, level, leaveOpen: true);
        deflater.Write(payload);
        deflater.Flush();
        byte[] bytes = compressed.ToArray();
        if (!bytes.AsSpan().EndsWith(Tail)) throw new InvalidOperationException("A flush ends with an empty block.");
        return bytes[..^Tail.Length];
    }

    public byte[] Inflate(byte[] payload)
    {
        _feed.Set([.. payload, .. Tail]);
        using MemoryStream message = new();
        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = _inflater.Read(buffer, 0, buffer.Length)) > 0) message.Write(buffer, 0, count);
        return message.ToArray();
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _feed.Dispose();
    }

    /// <summary>Gives out one message's bytes, and then says that there are none for now.</summary>
    private sealed class FeedStream : Stream
    {
        private ReadOnlyMemory<byte> _bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Set(byte[] bytes) => _bytes = bytes;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, _bytes.Length);
            _bytes.Span[..count].CopyTo(buffer);
            _bytes = _bytes[count..];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
