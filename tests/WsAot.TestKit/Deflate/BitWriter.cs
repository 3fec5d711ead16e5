namespace WsAot.TestKit.Deflate;

/// <summary>Writes bits, the lowest of a byte first (RFC 1951 section 3.1.1).</summary>
public sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _free;      // bits of the last byte that are not written

    public void Write(int value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_free == 0)
            {
                _bytes.Add(0);
                _free = 8;
            }

            _bytes[^1] |= (byte)(((value >> i) & 1) << (8 - _free));
            _free--;
        }
    }

    /// <summary>Writes a word of a Huffman code, whose highest bit comes first.</summary>
    public void WriteWord((int Code, int Length) word)
    {
        for (int i = word.Length - 1; i >= 0; i--) Write((word.Code >> i) & 1, 1);
    }

    /// <summary>Leaves the rest of the last byte zero.</summary>
    public void Align() => _free = 0;

    /// <summary>Writes whole bytes, from the next byte on.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Align();
        _bytes.AddRange(bytes);
    }

    public byte[] ToArray() => [.. _bytes];
}
