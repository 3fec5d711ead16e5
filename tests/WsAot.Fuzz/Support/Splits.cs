namespace WsAot.Fuzz.Support;

/// <summary>
/// Ways to split the same bytes into pieces: whole, byte by byte, and at random places that depend on the bytes themselves.
/// </summary>
internal static class Splits
{
    public static IEnumerable<int[]> Of(byte[] bytes, int randomSplits = 3)
    {
        yield return [bytes.Length];
        int[] single = new int[bytes.Length];
        Array.Fill(single, 1);
        yield return single;

        FuzzRandom random = FuzzRandom.Of(bytes);
        for (int i = 0; i < randomSplits; i++)
        {
            var lengths = new List<int>();
            int longest = random.Pick([3, 16, 200]);
            for (int left = bytes.Length; left > 0; left -= lengths[^1])
            {
                lengths.Add(Math.Min(left, random.Next(random.OneIn(8) ? 0 : 1, longest + 1)));
            }

            yield return [.. lengths];
        }
    }

    /// <summary>The name of a split for a report.</summary>
    public static string Describe(int[] lengths) =>
        lengths.Length == 1 ? "whole" : lengths.AsSpan().ContainsAnyExcept(1) ? $"cut into {string.Join(',', lengths)}" : "byte by byte";
}
