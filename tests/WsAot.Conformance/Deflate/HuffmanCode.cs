using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Deflate;

/// <summary>A canonical Huffman code, read bit by bit (RFC 1951 section 3.2.2).</summary>
internal sealed class HuffmanCode
{
    private const int MaxBits = 15;

    private readonly int[] _counts = new int[MaxBits + 1];
    private readonly int[] _symbols;

    public HuffmanCode(ReadOnlySpan<int> lengths)
    {
        foreach (int length in lengths) _counts[length]++;
        _counts[0] = 0;
        int[] offsets = new int[MaxBits + 2];
        for (int i = 1; i <= MaxBits; i++) offsets[i + 1] = offsets[i] + _counts[i];
        _symbols = new int[lengths.Length];
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0) _symbols[offsets[lengths[symbol]]++] = symbol;
        }
    }

    public int Read(BitReader reader)
    {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MaxBits; length++)
        {
            code |= reader.Bits(1);
            int count = _counts[length];
            if (code - count < first) return _symbols[index + (code - first)];
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        throw new CaseFailedException("The server's compressed data has a code that its block does not define (RFC 1951 section 3.2.2).");
    }
}
