namespace WsAot.Protocol.Tests.Support;

/// <summary>
/// Deflate (RFC 1951) bit by bit, after its text: slow, and unlike the code that it judges. It knows where a message of
/// permessage-deflate must end, and how far back it refers.
/// </summary>
internal sealed class NaiveInflate
{
    private static readonly int[] s_lengthBases =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly int[] s_lengthBits =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly int[] s_distanceBases =
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
        16385, 24577,
    ];

    private static readonly int[] s_orderOfCodeLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly List<byte> _output = [];
    private byte[] _input = [];
    private int _bit;
    private int _streamStart;

    /// <summary>How far back any message so far has referred.</summary>
    public int LargestDistance { get; private set; }

    /// <summary>Inflates the next message; null when it is not one.</summary>
    public byte[]? Next(ReadOnlySpan<byte> compressed)
    {
        int start = _output.Count;
        _input = [.. compressed, 0x00, 0x00, 0xFF, 0xFF];
        _bit = 0;
        if (compressed.IsEmpty) return null;
        try
        {
            while (true)
            {
                int before = _output.Count;
                bool isFinal = Block(out bool isStored);
                if (isFinal)
                {
                    _bit = (_bit + 7) / 8 * 8;
                    _streamStart = _output.Count;
                    if (_bit == 8 * compressed.Length) return [.. _output[start..]];
                }

                // Section 7.2.1: what was cut off belongs to an empty stored block, not to the content of one.
                if (_bit == 8 * _input.Length) return _output.Count == before && isStored ? [.. _output[start..]] : null;
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private bool Block(out bool isStored)
    {
        bool isFinal = Bits(1) == 1;
        int type = Bits(2);
        isStored = type == 0;
        switch (type)
        {
            case 0: Stored(); break;
            case 1: Compressed(Code.Fixed(), new Code([.. Enumerable.Repeat(5, 30)], mayBeIncomplete: true)); break;
            case 2: Dynamic(); break;
            default: throw new InvalidDataException();
        }

        return isFinal;
    }

    private void Stored()
    {
        _bit = (_bit + 7) / 8 * 8;
        int length = Bits(16);
        Require(length == (~Bits(16) & 0xFFFF));
        for (int i = 0; i < length; i++) _output.Add((byte)Bits(8));
    }

    private void Dynamic()
    {
        int literals = Bits(5) + 257;
        int distances = Bits(5) + 1;
        int count = Bits(4) + 4;
        Require(literals <= 286 && distances <= 30);
        int[] codeLengths = new int[19];
        for (int i = 0; i < count; i++) codeLengths[s_orderOfCodeLengths[i]] = Bits(3);
        var code = new Code(codeLengths, mayBeIncomplete: false);
        var lengths = new List<int>();
        while (lengths.Count < literals + distances)
        {
            int symbol = Symbol(code);
            Require(symbol != 16 || lengths.Count > 0);
            int times = symbol switch { 16 => 3 + Bits(2), 17 => 3 + Bits(3), 18 => 11 + Bits(7), _ => 1 };
            lengths.AddRange(Enumerable.Repeat(symbol == 16 ? lengths[^1] : symbol > 16 ? 0 : symbol, times));
        }

        Require(lengths.Count == literals + distances && lengths[256] != 0);
        Compressed(new Code([.. lengths[..literals]], false), new Code([.. lengths[literals..]], false));
    }

    private void Compressed(Code literals, Code distances)
    {
        while (true)
        {
            int symbol = Symbol(literals);
            if (symbol == 256) return;
            if (symbol < 256)
            {
                _output.Add((byte)symbol);
                continue;
            }

            Require(symbol <= 285);
            int length = s_lengthBases[symbol - 257] + Bits(s_lengthBits[symbol - 257]);
            int far = Symbol(distances);
            int distance = s_distanceBases[far] + Bits(Math.Max(0, (far / 2) - 1));
            Require(distance <= Math.Min(32768, _output.Count - _streamStart));
            LargestDistance = Math.Max(LargestDistance, distance);
            for (int i = 0; i < length; i++) _output.Add(_output[^distance]);
        }
    }

    private int Symbol(Code code)
    {
        int bits = 0;
        for (int length = 1; length <= 15; length++)
        {
            bits = (bits << 1) | Bits(1);
            if (code.Symbols.TryGetValue((length, bits), out int symbol)) return symbol;
        }

        throw new InvalidDataException();
    }

    private int Bits(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, _bit++)
        {
            Require(_bit < 8 * _input.Length);
            value |= ((_input[_bit / 8] >> (_bit % 8)) & 1) << i;
        }

        return value;
    }

    private static void Require(bool condition)
    {
        if (!condition) throw new InvalidDataException();
    }

    /// <summary>A prefix code from its lengths (RFC 1951 section 3.2.2).</summary>
    private sealed class Code
    {
        private static readonly Code s_fixed = new(
            [.. Enumerable.Repeat(8, 144), .. Enumerable.Repeat(9, 112), .. Enumerable.Repeat(7, 24), .. Enumerable.Repeat(8, 8)], false);

        public Code(int[] lengths, bool mayBeIncomplete)
        {
            int code = 0;
            for (int length = 1; length <= 15; length++)
            {
                code <<= 1;
                for (int symbol = 0; symbol < lengths.Length; symbol++)
                {
                    if (lengths[symbol] == length) Symbols.Add((length, code++), symbol);
                }

                Require(code <= 1 << length);
            }

            // zlib lets pass what is complete, a single code of one bit, and no code at all.
            int[] used = [.. lengths.Where(static length => length > 0)];
            bool isSmall = (used is [1] or []) && lengths.Length != 19;
            Require(mayBeIncomplete || isSmall || code == 1 << 15);
        }

        public Dictionary<(int Length, int Bits), int> Symbols { get; } = [];

        public static Code Fixed() => s_fixed;
    }
}
