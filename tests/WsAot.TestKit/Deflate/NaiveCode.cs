namespace WsAot.TestKit.Deflate;

/// <summary>A Huffman code given by the lengths of its words (RFC 1951 section 3.2.2).</summary>
internal sealed class NaiveCode
{
    private readonly Dictionary<int, int> _symbols = [];
    private readonly bool _isOversubscribed;

    public NaiveCode(int[] lengths)
    {
        int code = 0;
        int free = 1 << 15;
        for (int length = 1; length <= 15; length++, code <<= 1)
        {
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] != length) continue;
                free -= 1 << (15 - length);
                _isOversubscribed |= free < 0;
                // The leading one bit distinguishes words of different lengths.
                if (!_isOversubscribed) _symbols.Add((1 << length) | code, symbol);
                code++;
                Longest = length;
            }
        }

        IsComplete = free == 0;
    }

    /// <summary>The length of the longest word.</summary>
    public int Longest { get; }

    public bool IsComplete { get; }

    /// <summary>Section 3.2.7 allows a code with one word of one bit, and a code without words; any other code must be complete.</summary>
    public bool IsUsable => !_isOversubscribed && (IsComplete || Longest <= 1);

    /// <summary>The symbol of a word. The path is the word after a one bit.</summary>
    public bool TryGet(int path, out int symbol) => _symbols.TryGetValue(path, out symbol);
}
