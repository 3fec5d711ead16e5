using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WsAot.Transport.Output;

/// <summary>
/// The output that waits to be sent, in order: copies in rented chunks, and references to frames that several connections share. A
/// connection has a queue only while something waits; its loop keeps the empty ones for reuse.
/// </summary>
internal sealed class OutputQueue(ArrayPool<byte> pool)
{
    /// <summary>Small, since a message to all connections makes each of them rent a chunk at the same time.</summary>
    private const int MinChunkBytes = 512;
    private const int MaxChunkBytes = 64 * 1024;

    /// <summary>
    /// A smaller shared frame is copied if it waits behind other output: a reference takes 16 to 32 bytes, and if no other connection waits
    /// for the frame, its array's header takes 24 more.
    /// </summary>
    private const int ShareFromBytes = 128;

    /// <summary>A smaller shared frame is copied if it fits into the last chunk, whose room would otherwise be lost.</summary>
    private const int ShareAlwaysFromBytes = 2048;

    /// <summary>An emptied queue does not keep a larger array of segments.</summary>
    private const int MaxSpareSegments = 64;

    /// <summary>Smaller pieces are copied together before they are sent, because a copy costs less than a system call.</summary>
    private const int GatherBelowBytes = 16 * 1024;

    private const int MinSegments = 4;

    private Segment[] _segments = new Segment[MinSegments];
    private int _first;
    private int _count;
    private int _sentOfFirst;   // only the first segment can have been sent in part

    public int PendingBytes { get; private set; }

    public bool IsEmpty => _count == 0;

    /// <summary>Whether it can be reused: nothing waits, and it has not grown large.</summary>
    public bool IsReusable => _count == 0 && _segments.Length <= MaxSpareSegments;

    /// <summary>The piece to send next. Only for a queue that is not empty.</summary>
    public ArraySegment<byte> First
    {
        get
        {
            Debug.Assert(!IsEmpty, "An empty queue has nothing to send next.");
            ref Segment segment = ref _segments[_first];
            return new ArraySegment<byte>(segment.Array, _sentOfFirst, segment.Length - _sentOfFirst);
        }
    }

    /// <summary>Whether nothing else waits behind the bytes that are sent next.</summary>
    public bool IsNextAlone => _count == 1;

    /// <summary>
    /// The bytes to send next, with as many of the following ones as fit into the loop's buffer: a copy costs less than another system
    /// call. If another connection is being served, the buffer holds its output, and each piece is sent by itself.
    /// </summary>
    public ReadOnlySpan<byte> Gather(SendBuffer buffer)
    {
        ArraySegment<byte> first = First;
        if (first.Count >= GatherBelowBytes || !buffer.IsEmpty) return first;
        Span<byte> scratch = buffer.Scratch;
        return scratch[..CopyTo(scratch)];
    }

    /// <summary>Queues a copy.</summary>
    /// <param name="bytes">The caller may reuse their memory afterwards.</param>
    /// <param name="followedBy">The number of bytes that will be appended next, so that they find room.</param>
    /// <returns>The memory that was rented for it, in bytes; 0: there was room in the last chunk.</returns>
    public int Append(ReadOnlySpan<byte> bytes, int followedBy = 0)
    {
        if (bytes.IsEmpty) return 0;
        PendingBytes += bytes.Length;
        int chunkBytes = MinChunkBytes;
        if (_count > 0)
        {
            ref Segment last = ref At(_count - 1);
            if (last.IsRented)
            {
                int fits = Math.Min(bytes.Length, last.Room);
                bytes[..fits].CopyTo(last.Array.AsSpan(last.Length));
                last.Length += fits;
                bytes = bytes[fits..];
                if (bytes.IsEmpty) return 0;
                // Chunks grow with the copied bytes, not with shared frames that wait; otherwise many would be large and nearly empty.
                chunkBytes = Math.Min(2 * last.Array.Length, MaxChunkBytes);
            }
        }

        byte[] chunk = pool.Rent(Math.Max(bytes.Length, Math.Clamp(bytes.Length + followedBy, chunkBytes, MaxChunkBytes)));
        bytes.CopyTo(chunk);
        return chunk.Length + Add(new Segment { Array = chunk, Length = bytes.Length, IsRented = true });
    }

    /// <summary>Queues a frame, without copying it if a reference takes less memory. It must not be changed afterwards.</summary>
    /// <returns>As <see cref="Append"/>.</returns>
    public int AppendShared(byte[] frame)
    {
        if (_count > 0 && frame.Length < ShareAlwaysFromBytes && IsBetterCopied(frame)) return Append(frame);
        if (frame.Length == 0) return 0;
        PendingBytes += frame.Length;
        return Add(new Segment { Array = frame, Length = frame.Length });
    }

    /// <summary>Queues a copy of what the kernel did not take.</summary>
    /// <param name="slices">What was to be sent.</param>
    /// <param name="sentBytes">The number of bytes that were taken.</param>
    public void AppendUnsent(ReadOnlySpan<OutputSlice> slices, int sentBytes)
    {
        foreach (OutputSlice slice in slices)
        {
            ReadOnlySpan<byte> bytes = slice.Bytes;
            int skipped = Math.Min(sentBytes, bytes.Length);
            sentBytes -= skipped;
            Append(bytes[skipped..]);
        }

        Debug.Assert(sentBytes == 0, "The kernel takes no more than it was given.");
    }

    /// <summary>Copies as many of the waiting bytes as fit.</summary>
    /// <returns>The number of bytes copied.</returns>
    public int CopyTo(Span<byte> destination)
    {
        int copied = 0;
        for (int i = 0; i < _count && copied < destination.Length; i++)
        {
            ref Segment segment = ref At(i);
            int start = i == 0 ? _sentOfFirst : 0;
            int length = Math.Min(segment.Length - start, destination.Length - copied);
            segment.Array.AsSpan(start, length).CopyTo(destination[copied..]);
            copied += length;
        }

        return copied;
    }

    /// <summary>Removes bytes that were sent, and returns chunks that are empty then to the pool.</summary>
    public void Advance(int sentBytes)
    {
        PendingBytes -= sentBytes;
        Debug.Assert(PendingBytes >= 0, "More was sent than waited.");
        while (sentBytes > 0)
        {
            ref Segment segment = ref _segments[_first];
            int length = segment.Length - _sentOfFirst;
            if (sentBytes < length)
            {
                _sentOfFirst += sentBytes;
                return;
            }

            sentBytes -= length;
            RemoveFirst();
        }

        Debug.Assert(IsEmpty == (PendingBytes == 0), "The segments hold the bytes that are counted.");
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        while (_count > 0) RemoveFirst();
        PendingBytes = 0;
        if (_segments.Length > MaxSpareSegments) (_segments, _first) = (new Segment[MinSegments], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Segment At(int index) => ref _segments[(_first + index) & (_segments.Length - 1)];

    private bool IsBetterCopied(byte[] frame)
    {
        ref Segment last = ref At(_count - 1);
        return frame.Length < ShareFromBytes || (last.IsRented && frame.Length <= last.Room);
    }

    /// <returns>The memory that the segments have taken for it.</returns>
    private int Add(Segment segment)
    {
        int grownBytes = 0;
        if (_count == _segments.Length)
        {
            var grown = new Segment[_count * 2];
            for (int i = 0; i < _count; i++) grown[i] = At(i);
            (_segments, _first) = (grown, 0);
            grownBytes = _count * Unsafe.SizeOf<Segment>();
        }

        At(_count++) = segment;
        return grownBytes;
    }

    private void RemoveFirst()
    {
        ref Segment segment = ref _segments[_first];
        if (segment.IsRented) pool.Return(segment.Array);
        segment = default;
        _sentOfFirst = 0;
        _first = (_first + 1) & (_segments.Length - 1);
        _count--;
    }

    /// <summary>16 bytes: a peer that does not read may have thousands.</summary>
    private struct Segment
    {
        public byte[] Array;
        public int Length;
        public bool IsRented;

        /// <summary>The bytes of a rented chunk that are free.</summary>
        public readonly int Room => Array.Length - Length;
    }
}
