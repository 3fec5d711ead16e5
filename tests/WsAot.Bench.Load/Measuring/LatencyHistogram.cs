using System.Numerics;

namespace WsAot.Bench.Load.Measuring;

/// <summary>Counts of nanoseconds in buckets that are at most 1/64 of their value wide.</summary>
internal sealed class LatencyHistogram
{
    private const int PrecisionBits = 6;

    private readonly long[] _counts = new long[(64 - PrecisionBits + 1) << PrecisionBits];

    public void Add(long ns) => _counts[Bucket(ns)]++;

    public void Clear() => Array.Clear(_counts);

    /// <summary>
    /// The smallest value that this share of all values does not exceed, as the upper end of its bucket. 0 if there are no values.
    /// </summary>
    public long Quantile(double share)
    {
        long left = (long)Math.Ceiling(share * _counts.Sum());
        for (int bucket = 0; left > 0; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0) return UpperEnd(bucket);
        }

        return 0;
    }

    // Values up to 2^(bits+1) have a bucket each; beyond, each power of two is divided into 2^bits of them.
    private static int Bucket(long ns)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ns | 1) - PrecisionBits);
        return (shift << PrecisionBits) + (int)(ns >> shift);
    }

    private static long UpperEnd(int bucket)
    {
        int shift = Math.Max(0, (bucket >> PrecisionBits) - 1);
        return ((long)(bucket - (shift << PrecisionBits) + 1) << shift) - 1;
    }
}
