using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// Compresses messages as a client may (RFC 7692 section 7.2.1): stored and fixed blocks, and matches wherever it happens to find one, as
/// far back as the window goes, in earlier messages too where they may be referred to.
/// </summary>
internal sealed class NaiveDeflater(int windowBits, bool noContextTakeover)
{
    private const int ShortestMatch = 3;
    private const int LongestMatch = 258;

    private static readonly int[] s_lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly int[] s_lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private readonly List<byte> _history = [];

    /// <summary>Something else was sent: what comes next does not refer to what was before.</summary>
    public void Forget() => _history.Clear();

    public byte[] Deflate(ReadOnlySpan<byte> message, FuzzRandom random)
    {
        if (noContextTakeover) Forget();
        var bits = new BitWriter();
        int start = _history.Count;
        _history.AddRange(message);
        for (int at = start; at < _history.Count;)
        {
            int length = random.OneIn(3) ? random.Next(1, _history.Count - at + 1) : _history.Count - at;
            if (random.OneIn(4)) WriteStored(bits, at, length);
            else WriteFixed(bits, at, length, random);
            at += length;
        }

        // The header of an empty stored block, whose length is what is left out.
        bits.Write(0, 3);
        bits.Align();
        return bits.ToArray();
    }

    private void WriteStored(BitWriter bits, int at, int length)
    {
        bits.Write(0, 3);
        bits.Align();
        bits.Write(length, 16);
        bits.Write(~length, 16);
        for (int i = 0; i < length; i++) bits.Write(_history[at + i], 8);
    }

    private void WriteFixed(BitWriter bits, int at, int length, FuzzRandom random)
    {
        bits.Write(2, 3);
        for (int end = at + length; at < end;)
        {
            (int matched, int distance) = FindMatch(at, Math.Min(LongestMatch, end - at), random);
            if (matched >= ShortestMatch) WriteMatch(bits, matched, distance);
            else bits.WriteWord(DeflateGenerator.FixedLiterals[_history[at]]);
            at += matched >= ShortestMatch ? matched : 1;
        }

        bits.WriteWord(DeflateGenerator.FixedLiterals[256]);
    }

    // Not the best one: the nearest, the farthest that the window allows, and a few in between.
    private (int Length, int Distance) FindMatch(int at, int most, FuzzRandom random)
    {
        int farthest = Math.Min(at, 1 << windowBits);
        (int Length, int Distance) best = default;
        for (int i = 0; i < 24 && farthest > 0; i++)
        {
            int distance = i < 8 ? i + 1 : i == 8 ? farthest : random.Next(1, farthest + 1);
            if (distance > farthest) continue;
            int length = 0;
            while (length < most && _history[at + length] == _history[at + length - distance]) length++;
            if (length > best.Length) best = (length, distance);
        }

        return best;
    }

    private static void WriteMatch(BitWriter bits, int length, int distance)
    {
        int symbol = Array.FindLastIndex(s_lengthBase, least => least <= length);
        bits.WriteWord(DeflateGenerator.FixedLiterals[257 + symbol]);
        bits.Write(length - s_lengthBase[symbol], s_lengthExtra[symbol]);
        // Section 3.2.5: two symbols for each power of two, from 4 on.
        int log = int.Log2(Math.Max(1, distance - 1));
        int distanceSymbol = distance <= 4 ? distance - 1 : (2 * log) + (((distance - 1) >> (log - 1)) & 1);
        int extraBits = Math.Max(0, (distanceSymbol / 2) - 1);
        bits.WriteWord(DeflateGenerator.FixedDistances[distanceSymbol]);
        bits.Write((distance - 1) & ((1 << extraBits) - 1), extraBits);
    }
}
