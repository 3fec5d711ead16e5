namespace WsAot.Conformance.Deflate;

/// <summary>Bits into bytes in the order of RFC 1951 section 3.1.1: numbers from their lowest bit, Huffman codes from their highest.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private uint _pending;
    private int _count;

    public BitWriter Bits(uint value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _pending |= ((value >> i) & 1) << _count;
            if (++_count == 8) Align();
        }

        return this;
    }

    public BitWriter Code(uint code, int count)
    {
        for (int i = count - 1; i >= 0; i--) Bits((code >> i) & 1, 1);
        return this;
    }

    /// <summary>Zero bits to the next byte.</summary>
    public BitWriter Align()
    {
        if (_count > 0) _bytes.Add((byte)_pending);
        _pending = 0;
        _count = 0;
        return this;
    }

    public BitWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        Align();
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray()
    {
        Align();
        return [.. _bytes];
    }
}
