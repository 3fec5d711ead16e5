namespace WsAot.Metrics;

/// <summary>
/// Durations in buckets with fixed bounds from 1 microsecond to 10 seconds. Only one loop observes. Any thread reads, and may see an
/// observation in the sum before it is in its bucket.
/// </summary>
internal sealed class Histogram
{
    private static readonly int[] s_boundsMicroseconds =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500,
        1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
        1_000_000, 2_000_000, 5_000_000, 10_000_000,
    ];

    private readonly long[] _counts = new long[s_boundsMicroseconds.Length + 1];
    private long _sumTicks;

    /// <summary>The upper bounds of the buckets, except for the last bucket, which has none.</summary>
    public static ReadOnlySpan<int> BoundsMicroseconds => s_boundsMicroseconds;

    /// <summary>The counts of the buckets. The last one is for durations above the largest bound.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    public double SumSeconds => (double)_sumTicks / TimeSpan.TicksPerSecond;

    /// <summary>Counts one observation. On the loop.</summary>
    public void Observe(TimeSpan time)
    {
        long microseconds = (time.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
        int index = Array.BinarySearch(s_boundsMicroseconds, (int)Math.Min(microseconds, int.MaxValue));
        _counts[index < 0 ? ~index : index]++;
        _sumTicks += time.Ticks;
    }

    /// <summary>
    /// A quantile of the observations since an earlier reading, in milliseconds. Assumes that the observations in a bucket are spread
    /// evenly. -1 if there were none.
    /// </summary>
    /// <param name="quantile">0 to 1.</param>
    /// <param name="earlier">The earlier reading; null for all observations.</param>
    public double QuantileMs(double quantile, Histogram? earlier = null)
    {
        Span<long> counts = stackalloc long[_counts.Length];
        long all = 0;
        for (int i = 0; i < counts.Length; i++) all += counts[i] = _counts[i] - (earlier?._counts[i] ?? 0);
        if (all <= 0) return -1;
        double rank = quantile * all;
        double lower = 0;
        for (int i = 0; i < s_boundsMicroseconds.Length; i++)
        {
            double upper = s_boundsMicroseconds[i] / 1000.0;
            if (counts[i] > 0 && rank <= counts[i]) return Math.Round(lower + ((upper - lower) * Math.Max(rank, 0) / counts[i]), 4);
            rank -= counts[i];
            lower = upper;
        }

        return lower;
    }

    /// <summary>Adds the counts of another object. Call it only on an object of the reader's own.</summary>
    public void Add(Histogram other)
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        _sumTicks += other._sumTicks;
    }
}
