using System.Buffers;

namespace WsAot.Transport.Output;

/// <summary>
/// Bytes that wait to be sent, in order: copies in rented chunks, and references to frames that several connections share.
/// A connection owns one only while something waits; its loop keeps the empty ones for reuse.
/// </summary>
internal sealed class OutputQueue(ArrayPool<byte> pool)
{
    /// <summary>Small, since a message to everybody makes each connection need one at the same time.</summary>
    private const int MinChunkBytes = 512;
    private const int MaxChunkBytes = 64 * 1024;
    private const int ShareFromBytes = 2048;
    private const int MaxSpareSegments = 64;

    private Segment[] _segments = new Segment[4];
    private int _first;
    private int _count;

    public int PendingBytes { get; private set; }

    public bool IsEmpty => _count == 0;

    /// <summary>The bytes to be sent next; not empty unless the queue is.</summary>
    public ArraySegment<byte> First
    {
        get
        {
            ref Segment segment = ref _segments[_first];
            return new ArraySegment<byte>(segment.Array, segment.Start, segment.End - segment.Start);
        }
    }

    /// <summary>Queues a copy.</summary>
    /// <param name="bytes">Free for reuse afterwards.</param>
    /// <param name="followedBy">So many bytes will be appended next, so that they find room.</param>
    /// <returns>The bytes of the chunk that was rented for it; 0: it fitted into the last one.</returns>
    public int Append(ReadOnlySpan<byte> bytes, int followedBy = 0)
    {
        if (bytes.IsEmpty) return 0;
        PendingBytes += bytes.Length;
        if (_count > 0)
        {
            ref Segment last = ref At(_count - 1);
            if (last.IsRented)
            {
                int fits = Math.Min(bytes.Length, last.Array.Length - last.End);
                bytes[..fits].CopyTo(last.Array.AsSpan(last.End));
                last.End += fits;
                bytes = bytes[fits..];
                if (bytes.IsEmpty) return 0;
            }
        }

        byte[] chunk = pool.Rent(Math.Max(bytes.Length, Math.Clamp(PendingBytes + followedBy, MinChunkBytes, MaxChunkBytes)));
        bytes.CopyTo(chunk);
        Add(new Segment { Array = chunk, End = bytes.Length, IsRented = true });
        return chunk.Length;
    }

    /// <summary>Queues a frame without copying it; nobody may change it any more.</summary>
    /// <returns>As <see cref="Append"/>.</returns>
    public int AppendShared(byte[] frame)
    {
        // Behind others a small one is copied: by itself it would take more memory than it has bytes, and so would what is appended to it.
        if (_count > 0 && frame.Length < ShareFromBytes) return Append(frame);
        if (frame.Length == 0) return 0;
        PendingBytes += frame.Length;
        Add(new Segment { Array = frame, End = frame.Length });
        return 0;
    }

    /// <summary>Copies as many of the waiting bytes as fit.</summary>
    public int CopyTo(Span<byte> destination)
    {
        int copied = 0;
        for (int i = 0; i < _count && copied < destination.Length; i++)
        {
            ref Segment segment = ref At(i);
            int length = Math.Min(segment.End - segment.Start, destination.Length - copied);
            segment.Array.AsSpan(segment.Start, length).CopyTo(destination[copied..]);
            copied += length;
        }

        return copied;
    }

    /// <summary>Drops bytes that were sent, and gives back the chunks they were in.</summary>
    public void Advance(int sentBytes)
    {
        PendingBytes -= sentBytes;
        while (sentBytes > 0)
        {
            ref Segment segment = ref _segments[_first];
            int length = segment.End - segment.Start;
            if (sentBytes < length)
            {
                segment.Start += sentBytes;
                return;
            }

            sentBytes -= length;
            RemoveFirst();
        }
    }

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        while (_count > 0) RemoveFirst();
        PendingBytes = 0;
        if (_segments.Length > MaxSpareSegments) (_segments, _first) = (new Segment[4], 0);
    }

    private ref Segment At(int index) => ref _segments[(_first + index) & (_segments.Length - 1)];

    private void Add(Segment segment)
    {
        if (_count == _segments.Length)
        {
            var grown = new Segment[_count * 2];
            for (int i = 0; i < _count; i++) grown[i] = At(i);
            (_segments, _first) = (grown, 0);
        }

        At(_count++) = segment;
    }

    private void RemoveFirst()
    {
        ref Segment segment = ref _segments[_first];
        if (segment.IsRented) pool.Return(segment.Array);
        segment = default;
        _first = (_first + 1) & (_segments.Length - 1);
        _count--;
    }

    private struct Segment
    {
        public byte[] Array;
        public int Start;
        public int End;
        public bool IsRented;
    }
}
