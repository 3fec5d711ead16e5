using System.IO.Compression;
using WsAot.TestKit.Deflate;

namespace WsAot.Soak.Wire;

/// <summary>Inflates the server's messages on one connection, which may use context takeover (RFC 7692 section 7.2.2).</summary>
internal sealed class MessageInflater : IDisposable
{
    private readonly FeedStream _feed = new();
    private readonly DeflateStream _inflater;

    public MessageInflater() => _inflater = new DeflateStream(_feed, CompressionMode.Decompress);

    public byte[] Inflate(byte[] payload)
    {
        _feed.Set([.. payload, .. PlatformDeflate.Tail]);
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

    /// <summary>Returns the bytes of one message, and then no bytes.</summary>
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
