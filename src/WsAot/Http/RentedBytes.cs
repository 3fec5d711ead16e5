using System.Buffers;

namespace WsAot.Http;

/// <summary>Bytes in a rented buffer that grows with them. While there are no bytes, nothing is rented. Do not copy the struct.</summary>
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

    /// <summary>Drops all but the last bytes. The buffer stays rented until it is cleared.</summary>
    public void KeepLast(int length) => _start = _end - length;

    public void Clear()
    {
        if (_buffer is not { } buffer) return;
        _buffer = null;
        _start = _end = 0;
        pool.Return(buffer);
    }
}
