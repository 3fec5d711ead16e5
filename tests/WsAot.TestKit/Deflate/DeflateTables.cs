namespace WsAot.TestKit.Deflate;

/// <summary>The tables of RFC 1951 section 3.2.5.</summary>
public static class DeflateTables
{
    public const int EndOfBlock = 256;
    public const int FirstLengthCode = 257;
    public const int MinMatch = 3;
    public const int MaxMatch = 258;

    public static ReadOnlySpan<int> LengthBase =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    public static ReadOnlySpan<int> LengthExtraBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static ReadOnlySpan<int> DistanceBase =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
        16385, 24577,
    ];

    public static ReadOnlySpan<int> DistanceExtraBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>The order in which a dynamic block lists the lengths of the codes for code lengths (section 3.2.7).</summary>
    public static ReadOnlySpan<int> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The index of the base of a length or a distance: the last base that is not above it.</summary>
    public static int IndexOf(ReadOnlySpan<int> bases, int value)
    {
        int index = bases.Length - 1;
        while (bases[index] > value) index--;
        return index;
    }

    /// <summary>The lengths of the fixed codes for literals and lengths (section 3.2.6).</summary>
    public static int[] FixedLiteralLengths()
    {
        int[] lengths = new int[288];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280, 8).Fill(8);
        return lengths;
    }
}
