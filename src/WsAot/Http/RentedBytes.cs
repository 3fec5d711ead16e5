using System.Buffers;

namespace WsAot.Http;

/// <summary>Bytes in a buffer that grows as they come, and is rented only while there are some. Do not copy it.</summary>
internal struct RentedBytes(ArrayPool<byte> pool)
{
    private byte[]? _buffer;
    private int _start;
    private int _end;

    public readonly bool IsEmpty => _start == _end;

    public readonly int Length => _end - _start;

    public readonly Span<byte> Span => _buffer.AsSpan(_start, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_buffer is null || _end + bytes.Length > _buffer.Length)
        {
            byte[] larger = pool.Rent(Math.Max(Length + bytes.Length, 2 * Length));
            int length = Length;
            Span.CopyTo(larger);
            Clear();
            (_buffer, _end) = (larger, length);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Drops the first bytes, so that so many are left. The buffer stays, until it is cleared.</summary>
    public void KeepLast(int length) => _start = _end - length;

    public void Clear()
    {
        if (_buffer is not { } buffer) return;
        _buffer = null;
        _start = _end = 0;
        pool.Return(buffer);
    }
}
