using WsAot.Fuzz.Support;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// Makes deflate data of random blocks: all three kinds, with everything that RFC 1951 allows, and a little that it does not. It uses no
/// library, so that a seed gives the same data everywhere.
/// </summary>
internal static class DeflateGenerator
{
    /// <summary>The fixed code of literals and lengths (RFC 1951 section 3.2.6).</summary>
    public static (int Code, int Length)[] FixedLiterals { get; } = Words(DeflateTables.FixedLiteralLengths());

    /// <summary>The fixed code of distances.</summary>
    public static (int Code, int Length)[] FixedDistances { get; } = Words([.. Enumerable.Repeat(5, 30)]);

    /// <summary>A compressed message by RFC 7692 section 7.2.1: without the tail of its last, empty block.</summary>
    public static byte[] MakeMessage(FuzzRandom random)
    {
        var bits = new BitWriter();
        int written = 0;
        for (int i = random.Next(4); i > 0; i--) WriteBlock(bits, random, isFinal: random.OneIn(16), ref written);
        if (random.OneIn(10)) return bits.ToArray();

        // The header of an empty stored block, whose length is left out.
        bits.Write(0, 3);
        bits.Align();
        return bits.ToArray();
    }

    /// <summary>A message that inflates to about 1 to 2 MiB: 258 bytes for each 13 bits.</summary>
    public static byte[] MakeBomb(FuzzRandom random)
    {
        var bits = new BitWriter();
        bits.Write(2, 3);
        bits.WriteWord(FixedLiterals['x']);
        int matches = ((1 << 20) / 258) + (random.OneIn(2) ? random.Next(-2, 3) : random.Next((1 << 20) / 258));
        for (int i = 0; i < matches; i++)
        {
            // Length 258, distance 1.
            bits.WriteWord(FixedLiterals[285]);
            bits.WriteWord(FixedDistances[0]);
        }

        for (int i = random.Next(300); i > 0; i--) bits.WriteWord(FixedLiterals['y']);
        bits.WriteWord(FixedLiterals[256]);
        bits.Write(0, 3);
        bits.Align();
        return bits.ToArray();
    }

    private static void WriteBlock(BitWriter bits, FuzzRandom random, bool isFinal, ref int written)
    {
        bits.Write(isFinal ? 1 : 0, 1);
        switch (random.Next(random.OneIn(40) ? 4 : 3))
        {
            case 0:
                WriteStored(bits, random, ref written);
                break;
            case 1:
                bits.Write(1, 2);
                WriteTokens(bits, random, FixedLiterals, FixedDistances, ref written);
                break;
            case 2:
                WriteDynamic(bits, random, ref written);
                break;
            default:
                bits.Write(3, 2);
                break;
        }

        if (isFinal) bits.Align();
    }

    private static void WriteStored(BitWriter bits, FuzzRandom random, ref int written)
    {
        int length = random.OneIn(4) ? random.Next(300) : random.Next(10);
        bits.Write(0, 2);
        bits.Align();
        bits.Write(length, 16);
        bits.Write(random.OneIn(60) ? length : ~length, 16);
        foreach (byte value in random.NextBytes(length)) bits.Write(value, 8);
        written += length;
    }

    private static void WriteDynamic(BitWriter bits, FuzzRandom random, ref int written)
    {
        int[] literals = MakeLengths(random, random.Next(257, 287), mustHave: 256, maxLength: 15);
        int[] distances = random.OneIn(8) ? [random.Next(2)] : MakeLengths(random, random.Next(1, 31), mustHave: 0, maxLength: 15);
        int[] all = [.. literals, .. distances];
        // Each length that occurs needs a code length; the others do not matter.
        int[] codeLengths = MakeLengths(random, 19, mustHave: 18, maxLength: 7, required: [.. all.Distinct()]);
        (int Code, int Length)[] words = Words(codeLengths);
        int count = 19;
        while (count > 4 && codeLengths[DeflateTables.CodeLengthOrder[count - 1]] == 0) count--;

        bits.Write(2, 2);
        bits.Write(literals.Length - 257, 5);
        bits.Write(distances.Length - 1, 5);
        bits.Write(count - 4, 4);
        for (int i = 0; i < count; i++) bits.Write(codeLengths[DeflateTables.CodeLengthOrder[i]], 3);
        for (int i = 0; i < all.Length;)
        {
            int run = 1;
            while (i + run < all.Length && all[i + run] == all[i]) run++;
            if (all[i] == 0 && run >= 11 && words[18].Length > 0)
            {
                run = Math.Min(run, 138);
                bits.WriteWord(words[18]);
                bits.Write(run - 11, 7);
            }
            else if (i > 0 && all[i] == all[i - 1] && run >= 3 && words[16].Length > 0)
            {
                run = Math.Min(run, 6);
                bits.WriteWord(words[16]);
                bits.Write(run - 3, 2);
            }
            else
            {
                run = 1;
                bits.WriteWord(words[all[i]]);
            }

            i += run;
        }

        WriteTokens(bits, random, Words(literals), Words(distances), ref written);
    }

    private static void WriteTokens(
        BitWriter bits, FuzzRandom random, (int Code, int Length)[] literals, (int Code, int Length)[] distances, ref int written)
    {
        for (int i = random.OneIn(10) ? random.Next(200) : random.Next(20); i > 0; i--)
        {
            int symbol = literals.Length > 257 && random.OneIn(3) ? random.Next(257, literals.Length) : random.Next(256);
            if (literals[symbol].Length == 0) continue;
            int distanceSymbol = PickDistance(random, distances, written);
            if (symbol > 256 && distanceSymbol < 0) continue;
            bits.WriteWord(literals[symbol]);
            written++;
            if (symbol < 256) continue;
            int extra = symbol is < 265 or >= 285 ? 0 : (symbol - 261) / 4;
            bits.Write(random.NextByte(), extra);
            bits.WriteWord(distances[distanceSymbol]);
            bits.Write(random.OneIn(2) ? 0 : random.Next(32768), Math.Max(0, (distanceSymbol / 2) - 1));
            written += 2;
        }

        if (!random.OneIn(30)) bits.WriteWord(literals[256]);
    }

    // Picks a distance that has a word, and that mostly does not go back beyond the beginning.
    private static int PickDistance(FuzzRandom random, (int Code, int Length)[] distances, int written)
    {
        int most = random.OneIn(20)
            ? distances.Length
            : Math.Min(distances.Length, written < 2 ? 1 : 2 * (31 - int.LeadingZeroCount(written)));
        for (int i = 0; i < 8; i++)
        {
            int symbol = random.Next(Math.Max(1, most));
            if (distances[symbol].Length > 0) return symbol;
        }

        return -1;
    }

    /// <summary>Lengths of a complete code: a tree whose leaves are split at random until there are enough.</summary>
    private static int[] MakeLengths(FuzzRandom random, int symbols, int mustHave, int maxLength, int[]? required = null)
    {
        int[] wanted = required ?? [];
        var leaves = new List<int> { 1, 1 };
        int most = Math.Max(wanted.Length + 1, Math.Max(2, random.Next(random.OneIn(2) ? symbols : Math.Min(symbols, 20)) + 1));
        for (int tries = 4 * most; leaves.Count < Math.Min(most, symbols) && tries > 0; tries--)
        {
            int at = random.Next(leaves.Count);
            if (leaves[at] >= maxLength) continue;
            leaves.Add(++leaves[at]);
        }

        int[] lengths = new int[symbols];
        // The required symbols first, then random others. A code with fewer symbols than leaves stays incomplete, and must be refused.
        var order = new List<int>(wanted) { mustHave };
        while (order.Count < leaves.Count + wanted.Length + 1) order.Add(random.Next(symbols));
        int next = 0;
        foreach (int symbol in order.Concat(Enumerable.Range(0, symbols)))
        {
            if (next == leaves.Count) break;
            if (lengths[symbol] == 0) lengths[symbol] = leaves[next++];
        }

        return lengths;
    }

    // Section 3.2.2.
    private static (int Code, int Length)[] Words(int[] lengths)
    {
        var words = new (int, int)[lengths.Length];
        int code = 0;
        for (int length = 1; length <= 15; length++, code <<= 1)
        {
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length) words[symbol] = (code++, length);
            }
        }

        return words;
    }
}
