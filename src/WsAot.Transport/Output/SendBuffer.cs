using System.Runtime.CompilerServices;

namespace WsAot.Transport.Output;

/// <summary>
/// The loop's one buffer for output. While a connection is being served it gathers what that connection writes (corking), so that
/// any number of messages leave in one system call; between connections it gathers what waits in a queue. What is large and lies where
/// it was received is not copied: its place is noted.
/// </summary>
internal sealed class SendBuffer(int capacity)
{
    /// <summary>Pieces that can be noted; the system call takes 1,024, with what is between them.</summary>
    public const int MaxPieces = 64;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
    private readonly Piece[] _pieces = new Piece[MaxPieces];
    private int _length;
    private int _pieceBytes;

    public bool IsEmpty => _length + _pieceBytes == 0;

    /// <summary>Bytes that are to be sent, the pieces included.</summary>
    public int TotalBytes => _length + _pieceBytes;

    /// <summary>What was copied.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>What lies elsewhere, in its order.</summary>
    public ReadOnlySpan<Piece> Pieces => _pieces.AsSpan(0, PieceCount);

    public int PieceCount { get; private set; }

    /// <summary>The whole buffer, for use while nothing is written.</summary>
    public Span<byte> Scratch => _bytes;

    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (!TryTake(head.Length + body.Length, out Span<byte> room)) return false;
        head.CopyTo(room);
        body.CopyTo(room[head.Length..]);
        return true;
    }

    /// <summary>Takes room for bytes that the caller writes there at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int length, out Span<byte> room)
    {
        int start = _length;
        if (length > _bytes.Length - start)
        {
            room = default;
            return false;
        }

        _length = start + length;
        room = _bytes.AsSpan(start, length);
        return true;
    }

    /// <summary>Appends a head, and notes where the body lies: it must stay there, and be pinned, until it has been sent.</summary>
    public bool TryRefer(ReadOnlySpan<byte> head, byte[] array, int start, int length)
    {
        if (PieceCount == MaxPieces || !TryAppend(head, default)) return false;
        _pieces[PieceCount++] = new Piece(_length, array, start, length);
        _pieceBytes += length;
        return true;
    }

    public void Clear()
    {
        if (PieceCount > 0) ClearPieces();
        _length = 0;
    }

    private void ClearPieces()
    {
        _pieces.AsSpan(0, PieceCount).Clear();
        (PieceCount, _pieceBytes) = (0, 0);
    }

    /// <summary>Bytes that lie elsewhere, behind the first <c>At</c> of the buffer's own.</summary>
    internal readonly record struct Piece(int At, byte[] Array, int Start, int Length);
}
