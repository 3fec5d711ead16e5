namespace WsAot.TestKit.Deflate;

/// <summary>Decodes one stream of deflate from its first bit (RFC 1951 section 3.2), as far as there are bytes.</summary>
internal sealed class NaiveDeflate(List<byte> input, long maxOutput)
{
    private static readonly NaiveCode s_fixedLiterals = new(DeflateTables.FixedLiteralLengths());
    private static readonly NaiveCode s_fixedDistances = new([.. Enumerable.Repeat(5, 32)]);

    private int _bit;

    /// <summary>How decoding ended. It can continue only after <see cref="Good"/>.</summary>
    public enum Result
    {
        Good,

        /// <summary>The bytes are used up.</summary>
        NeedMore,

        /// <summary>They are not deflate.</summary>
        Wrong,

        /// <summary>The final block has ended.</summary>
        End,

        /// <summary>The output has reached its limit.</summary>
        Full,
    }

    public List<byte> Output { get; } = [];

    /// <summary>Where blocks ended: the bits used, and the output by then.</summary>
    public List<(int Bit, int Output)> BlockEnds { get; } = [];

    /// <summary>How far back the farthest match went.</summary>
    public int LargestDistance { get; private set; }

    /// <summary>The bytes of the stream, after its end.</summary>
    public int UsedBytes => (_bit + 7) / 8;

    public Result Run()
    {
        while (true)
        {
            if (!TryBits(3, out int header)) return Result.NeedMore;
            Result result = (header >> 1) switch
            {
                0 => Stored(),
                1 => Compressed(s_fixedLiterals, s_fixedDistances),
                2 => Dynamic(),
                _ => Result.Wrong,
            };
            if (result != Result.Good) return result;
            BlockEnds.Add((_bit, Output.Count));
            if ((header & 1) != 0) return Result.End;
        }
    }

    private bool TryBits(int count, out int value)
    {
        value = 0;
        if (_bit + count > input.Count * 8) return false;
        for (int i = 0; i < count; i++, _bit++) value |= ((input[_bit / 8] >> (_bit % 8)) & 1) << i;
        return true;
    }

    // Section 3.2.4.
    private Result Stored()
    {
        int aligned = (_bit + 7) / 8 * 8;
        if (aligned + 32 > input.Count * 8) return Result.NeedMore;
        _bit = aligned;
        TryBits(16, out int length);
        TryBits(16, out int complement);
        if (length != (~complement & 0xFFFF)) return Result.Wrong;
        for (; length > 0; length--)
        {
            if (Output.Count >= maxOutput) return Result.Full;
            if (!TryBits(8, out int value)) return Result.NeedMore;
            Output.Add((byte)value);
        }

        return Result.Good;
    }

    // Section 3.2.7.
    private Result Dynamic()
    {
        if (!TryBits(14, out int counts)) return Result.NeedMore;
        int literals = 257 + (counts & 31);
        int distances = 1 + ((counts >> 5) & 31);
        int lengthCodes = 4 + (counts >> 10);
        if (literals > 286 || distances > 30) return Result.Wrong;

        int[] codeLengths = new int[19];
        for (int i = 0; i < lengthCodes; i++)
        {
            if (!TryBits(3, out codeLengths[DeflateTables.CodeLengthOrder[i]])) return Result.NeedMore;
        }

        // zlib reads a code without symbols as a series of zeros, and reports an error later, when it finds that the code has no
        // end-of-block symbol.
        bool isEmpty = codeLengths.All(static length => length == 0);
        var lengthCode = new NaiveCode(codeLengths);
        if (!isEmpty && !lengthCode.IsComplete) return Result.Wrong;

        int[] lengths = new int[literals + distances];
        for (int count = 0; count < lengths.Length;)
        {
            int symbol = 0;
            if (isEmpty)
            {
                if (!TryBits(1, out _)) return Result.NeedMore;
            }
            else
            {
                Result result = Symbol(lengthCode, out symbol);
                if (result != Result.Good) return result;
            }

            if (symbol < 16)
            {
                lengths[count++] = symbol;
                continue;
            }

            (int extra, int least) = symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if (!TryBits(extra, out int more)) return Result.NeedMore;
            if ((symbol == 16 && count == 0) || count + least + more > lengths.Length) return Result.Wrong;
            lengths.AsSpan(count, least + more).Fill(symbol == 16 ? lengths[count - 1] : 0);
            count += least + more;
        }

        var literalCode = new NaiveCode(lengths[..literals]);
        var distanceCode = new NaiveCode(lengths[literals..]);
        if (lengths[DeflateTables.EndOfBlock] == 0 || !literalCode.IsUsable || !distanceCode.IsUsable) return Result.Wrong;
        return Compressed(literalCode, distanceCode);
    }

    private Result Compressed(NaiveCode literals, NaiveCode distances)
    {
        while (true)
        {
            Result result = Symbol(literals, out int symbol);
            if (result != Result.Good) return result;
            if (symbol == DeflateTables.EndOfBlock) return Result.Good;
            if (symbol > 285) return Result.Wrong;
            if (symbol < DeflateTables.EndOfBlock)
            {
                if (Output.Count >= maxOutput) return Result.Full;
                Output.Add((byte)symbol);
                continue;
            }

            int index = symbol - DeflateTables.FirstLengthCode;
            if (!TryBits(DeflateTables.LengthExtraBits[index], out int extra)) return Result.NeedMore;
            result = Copy(distances, DeflateTables.LengthBase[index] + extra);
            if (result != Result.Good) return result;
        }
    }

    private Result Copy(NaiveCode distances, int length)
    {
        Result result = Symbol(distances, out int symbol);
        if (result != Result.Good) return result;
        if (symbol > 29) return Result.Wrong;
        if (!TryBits(DeflateTables.DistanceExtraBits[symbol], out int extra)) return Result.NeedMore;
        int distance = DeflateTables.DistanceBase[symbol] + extra;
        if (distance > Output.Count) return Result.Wrong;
        LargestDistance = Math.Max(LargestDistance, distance);
        for (; length > 0; length--)
        {
            if (Output.Count >= maxOutput) return Result.Full;
            Output.Add(Output[^distance]);
        }

        return Result.Good;
    }

    private Result Symbol(NaiveCode code, out int symbol)
    {
        symbol = 0;
        int path = 1;
        for (int length = 1; ; length++)
        {
            if (!TryBits(1, out int bit)) return Result.NeedMore;
            path = (path << 1) | bit;
            if (code.TryGet(path, out symbol)) return Result.Good;
            if (length >= code.Longest) return Result.Wrong;
        }
    }
}
